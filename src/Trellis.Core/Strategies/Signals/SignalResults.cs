using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Signals;

/// <summary>What became of a signal.</summary>
internal enum SignalOutcome
{
    Entered,
    SamePosition,
    Opposite,
    NotAllowed,
    CoolingDown,
    NoBracket,
    TooSmall,
}

/// <summary>What a signal bot reports: the gross profit of its closed positions, and counts.</summary>
internal sealed class SignalResults
{
    private readonly int[] outcomes = new int[Enum.GetValues<SignalOutcome>().Length];
    private readonly int[] fills = new int[SignalSlots.Count];
    private int direction;
    private long held;
    private Int128 cost;
    private Int128 matched;

    /// <summary>Positions that were closed but for less than a lot.</summary>
    public int Pairs { get; private set; }

    public int Refused { get; set; }

    public int TimedOut { get; set; }

    public int Unprotected { get; set; }

    public void Note(SignalOutcome outcome) => outcomes[(int)outcome]++;

    /// <param name="fill">Of an own order.</param>
    /// <param name="lot">In quantity units.</param>
    public void Take(in OwnFill fill, long lot)
    {
        fills[fill.Slot]++;
        var sign = fill.Side.Sign();
        if (fill.Slot == SignalSlots.Entry)
        {
            if (direction != sign)
            {
                (direction, held, cost) = (sign, 0, 0);
            }

            held += fill.NetQuantity;
            cost += (Int128)fill.Price * fill.NetQuantity;
            return;
        }

        var released = fill.Quantity >= held ? cost : cost * fill.Quantity / held;
        matched -= sign * (((Int128)fill.Price * fill.Quantity) - released);
        cost -= released;
        held = Math.Max(0, held - fill.Quantity);
        Pairs += held < lot ? 1 : 0;
    }

    public StrategyReport Report(InstrumentUnits? units, string state) => new()
    {
        Matched = new Money(matched * (units?.NotionalFactor ?? 0)),
        Pairs = Pairs,
        State = state,
        Notes =
        [
            KeyValuePair.Create("entries", $"{fills[SignalSlots.Entry]} filled, {Refused} refused"),
            KeyValuePair.Create("exits", $"{fills[SignalSlots.TakeProfit]} take profit, {fills[SignalSlots.StopLoss]} stop loss, {fills[SignalSlots.Close]} at market ({TimedOut} for time, {Unprotected} for want of a bracket)"),
            KeyValuePair.Create("signals", $"{Of(SignalOutcome.Entered)} followed, {Of(SignalOutcome.Opposite)} against the position, {Of(SignalOutcome.SamePosition)} with it, " +
                $"{Of(SignalOutcome.NotAllowed)} not allowed, {Of(SignalOutcome.CoolingDown)} cooling down, {Of(SignalOutcome.NoBracket)} without a bracket, {Of(SignalOutcome.TooSmall)} too small"),
        ],
    };

    private int Of(SignalOutcome outcome) => outcomes[(int)outcome];
}
