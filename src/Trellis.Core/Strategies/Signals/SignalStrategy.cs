using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Signals;

/// <summary>The signal bot of docs/strategies/signals.md: at most one position, entered at market, left by its bracket, a signal or time.</summary>
/// <param name="options">Checked.</param>
/// <param name="signal">What decides.</param>
/// <param name="hedgeMode">Whether orders name the long or the short position.</param>
public sealed class SignalStrategy(SignalOptions options, ISignal signal, bool hedgeMode) : IStrategy
{
    private readonly SignalOrders orders = new(hedgeMode);
    private readonly SignalResults results = new();
    private readonly SignalHistory history = new(options, signal);
    private InstrumentUnits? units;
    private long interval;
    private long barLength;

    private SignalTerms? terms;
    private bool started;

    /// <summary>The candle whose signal has been looked at.</summary>
    private int judged = -1;
    private Money capital;
    private Phase phase;

    /// <summary>Of the position that is being entered, held or closed: +1 long, −1 short.</summary>
    private int side;

    /// <summary>The average true range at the signal of the position.</summary>
    private double range;
    private SignalBracket bracket;
    private long enteredQuantity;
    private Int128 enteredCost;

    /// <summary>When something has to be looked at although nothing filled and no signal came.</summary>
    private long deadline = long.MaxValue;
    private long holdUntil = long.MaxValue;
    private long readyAt = long.MinValue;

    private enum Phase
    {
        Flat,

        /// <summary>The entry is planned, its bracket beside it.</summary>
        Entering,
        Holding,

        /// <summary>A market order that closes the position is planned.</summary>
        Closing,
    }

    public int SlotCount(int lane) => SignalSlots.Count;

    public string SlotName(int lane, int slot, int cycle) => SignalSlots.NameOf(slot);

    public StrategyReport Report() => results.Report(units, phase switch
    {
        Phase.Flat => "waiting for a signal",
        Phase.Entering => $"entering {Word}",
        Phase.Holding => Word,
        _ => $"closing {Word}",
    });

    public LaneColumns? Prepare(int lane, CandleSeries candles, InstrumentUnits units)
    {
        this.units = units;
        history.Take(candles);
        interval = candles.Interval.Milliseconds;
        barLength = (options.Timeframe ?? candles.Interval).Milliseconds;
        return new LaneColumns { Wakes = [history.Directions] };
    }

    public void Decide(DecisionContext context)
    {
        var lane = context.Lane;
        if (!started)
        {
            started = true;
            capital = context.WalletBalance;
        }

        // Whoever asks for another reason gets the plan that stands; and a signal counts once, however often the bot is asked before the next close.
        var direction = lane.Candle == judged ? 0 : (sbyte)history.Directions[lane.Candle];
        judged = lane.Candle;
        if (context.HasFills || direction != 0 || context.Time >= deadline)
        {
            Act(context, lane, direction);
        }

        lane.Plan.WakeByColumn(0);
        lane.Plan.WakeAt(deadline);
    }

    private string Word => side > 0 ? "long" : "short";

    private void Act(DecisionContext context, StrategyLane lane, int direction)
    {
        if (!ReferenceEquals(terms?.Rules, lane.Rules))
        {
            terms = new SignalTerms(options, lane.Units, lane.Rules);
        }

        var lot = terms.Lot;
        var entered = Take(context.Fills, lot);
        if (phase == Phase.Entering)
        {
            SettleEntry(context.Time, lane, lot);
            entered |= phase == Phase.Holding;
        }

        if (phase is Phase.Holding or Phase.Closing && SignalOrders.Position(lane, side) < lot)
        {
            lane.Plan.Clear();
            Become(Phase.Flat, long.MaxValue);
            readyAt = context.Time + (options.CooldownBars * barLength);
        }

        switch (phase)
        {
            case Phase.Holding:
                Hold(context, lane, terms, direction, entered);
                break;
            case Phase.Closing:
                Leave(context.Time, lane, lot);
                break;
            case Phase.Flat when direction != 0:
                Enter(context, lane, terms, direction);
                break;
        }
    }

    /// <returns>Whether some of the entry filled.</returns>
    private bool Take(ReadOnlySpan<OwnFill> fills, long lot)
    {
        var entered = false;
        foreach (ref readonly var fill in fills)
        {
            results.Take(fill, lot);
            if (fill.Slot == SignalSlots.Entry)
            {
                entered = true;
                enteredQuantity += fill.Quantity;
                enteredCost += (Int128)fill.Price * fill.Quantity;
            }
        }

        return entered;
    }

    /// <summary>An entry has one candle: what has not filled by its close is given up.</summary>
    private void SettleEntry(long now, StrategyLane lane, long lot)
    {
        if (lane.Plan.IsPlanned(SignalSlots.Entry) && now < deadline)
        {
            return;
        }

        lane.Plan.Remove(SignalSlots.Entry);
        if (enteredQuantity > 0)
        {
            Become(Phase.Holding, holdUntil);
            return;
        }

        results.Refused++;
        lane.Plan.Clear();
        side = -side;
        Become(Phase.Flat, long.MaxValue);
        if (SignalOrders.Position(lane, side) >= lot)
        {
            Leave(now, lane, lot);
        }
    }

    private void Hold(DecisionContext context, StrategyLane lane, SignalTerms terms, int direction, bool entered)
    {
        var opposite = direction == -side && options.OnOpposite != OppositeSignal.Ignore;
        if (direction != 0)
        {
            results.Note(opposite ? SignalOutcome.Opposite : SignalOutcome.SamePosition);
        }

        if (opposite || context.Time >= holdUntil)
        {
            results.TimedOut += opposite ? 0 : 1;
            Leave(context.Time, lane, terms.Lot);
            if (opposite && options.OnOpposite == OppositeSignal.Reverse && options.Allows(direction))
            {
                Enter(context, lane, terms, direction);
            }
        }
        else if (entered || context.HasFills)
        {
            Protect(context.Time, lane, terms, entered);
        }
    }

    /// <summary>States the bracket for what is held; a position that can't have one is closed.</summary>
    private void Protect(long now, StrategyLane lane, SignalTerms terms, bool entered)
    {
        var priced = !entered || SignalBracket.TryPrice(options, side, enteredCost, enteredQuantity, terms, range, out bracket);
        var quantity = terms.Minimums.WholeLots(SignalOrders.Position(lane, side));
        var reached = bracket.Stop > 0 && !lane.IsCloseOld && side * ((long)lane.Close - bracket.Stop) <= 0;
        if (!priced || reached || !TakesBracket(terms.Minimums, quantity))
        {
            results.Unprotected++;
            Leave(now, lane, terms.Lot);
            return;
        }

        orders.Protect(lane, side, bracket, quantity);
        orders.Close(lane, -side, terms.Lot);
    }

    private void Leave(long now, StrategyLane lane, long lot)
    {
        orders.Leave(lane, side, lot);
        Become(Phase.Closing, now + interval);
    }

    private void Enter(DecisionContext context, StrategyLane lane, SignalTerms terms, int direction)
    {
        if (Refusal(context.Time, lane, terms, direction, out var quantity) is { } outcome)
        {
            results.Note(outcome);
            return;
        }

        results.Note(SignalOutcome.Entered);
        side = direction;
        (enteredQuantity, enteredCost) = (0, 0);
        holdUntil = options.MaxBars is { } count ? context.Time + (count * barLength) : long.MaxValue;
        Become(Phase.Entering, context.Time + interval);
        orders.Enter(lane, side, quantity);
        orders.Protect(lane, side, bracket, quantity);
    }

    /// <summary>Why a signal is not followed; null, with quantity and bracket, where it is.</summary>
    private SignalOutcome? Refusal(long now, StrategyLane lane, SignalTerms terms, int direction, out long quantity)
    {
        quantity = 0;
        if (!options.Allows(direction))
        {
            return SignalOutcome.NotAllowed;
        }

        if (now < readyAt)
        {
            return SignalOutcome.CoolingDown;
        }

        var known = history.RangeAt(lane.Candle);
        if (!SignalBracket.TryPrice(options, direction, lane.Close, 1, terms, known, out var priced))
        {
            return SignalOutcome.NoBracket;
        }

        var equity = options.Sizing == SignalSizing.Fixed ? default : capital + lane.ProfitAt(lane.Close);
        quantity = SignalSizer.Quantity(options, equity, lane, terms, priced.StopDistance);
        (bracket, range) = (priced, known);
        var least = terms.Arriving(quantity, direction);
        return terms.Minimums.Accept(least, lane.Close) && TakesBracket(terms.Minimums, least) ? null : SignalOutcome.TooSmall;
    }

    /// <summary>Whether the exchange takes both orders of the bracket.</summary>
    private bool TakesBracket(OrderMinimums minimums, long quantity) =>
        (bracket.Stop == 0 || minimums.Accept(quantity, bracket.Stop)) && (bracket.Target == 0 || minimums.Accept(quantity, bracket.Target));

    private void Become(Phase next, long lookAgain) => (phase, deadline) = (next, lookAgain);
}
