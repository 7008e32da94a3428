using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies;

/// <summary>
/// The decision code of a bot: a deterministic function of what it is shown. It declares, by editing the plans
/// of its lanes, which orders should rest now and when it wants to be asked again.
/// </summary>
/// <remarks>
/// The law that every shell relies on: asking earlier than the wake conditions demand changes neither the plan
/// nor the state. A fill of an own order always asks at the close of its candle,
/// and so does a change of an instrument's rules. Live it asks at once as well, while the last close may be far
/// behind: <see cref="StrategyLane.IsCloseOld"/> says so.
/// </remarks>
public interface IStrategy
{
    /// <summary>How many slots the strategy uses on a lane; fixed for its life.</summary>
    int SlotCount(int lane);

    /// <summary>
    /// Columns that price slots and flag closes, made once before the run from the candles of a lane; null where
    /// the strategy follows none.
    /// </summary>
    LaneColumns? Prepare(int lane, CandleSeries candles, InstrumentUnits units) => null;

    void Decide(DecisionContext context);

    /// <summary>The stable name of a slot when it had its n-th order, such as <c>r0-c7-entry</c>; a-z, 0-9 and '-'.</summary>
    string SlotName(int lane, int slot, int cycle);

    /// <summary>What the strategy wants shown in results, as label and value.</summary>
    StrategyReport Report();
}

/// <summary>Columns that follow the market, one entry per candle, known at that candle's close.</summary>
public sealed class LaneColumns
{
    /// <summary>
    /// Each prices the orders that name it: entry k, in price units on the tick, holds during candle k + 1;
    /// 0 for "no order".
    /// </summary>
    public IReadOnlyList<int[]> Prices { get; init; } = [];

    /// <summary>Non-zero entries ask at that close.</summary>
    public IReadOnlyList<byte[]> Wakes { get; init; } = [];
}

/// <summary>What a strategy reports of itself at the end of a run.</summary>
public sealed record StrategyReport
{
    public static StrategyReport Empty { get; } = new();

    /// <summary>Gross profit of what was entered and left again, as the strategy counts it: exit value − entry cost.</summary>
    public Money Matched { get; init; }

    /// <summary>Completed pairs of entry and exit: a grid's cycles, a DCA bot's deals.</summary>
    public int Pairs { get; init; }

    /// <summary>stopped, running, waiting…, with the reason where there is one.</summary>
    public string State { get; init; } = "running";

    /// <summary>Anything else worth a line: base stock, dust, revisions.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Notes { get; init; } = [];

    /// <summary>Prices that a chart should show as they stood at the end: lines of a grid, entries, exits.</summary>
    public IReadOnlyList<StrategyLevel> Levels { get; init; } = [];
}

/// <summary>A price that means something to a strategy.</summary>
/// <param name="Price">In quote currency.</param>
/// <param name="Lane">Which of the bot's instruments.</param>
public readonly record struct StrategyLevel(LevelKind Kind, decimal Price, int Lane = 0);

public enum LevelKind
{
    /// <summary>A line of a grid or ladder.</summary>
    Line,

    /// <summary>An entry or average price.</summary>
    Entry,

    StopLoss,

    TakeProfit,
}

/// <summary>Tells a wallet's balance when somebody asks: it may cost more than the fill before did.</summary>
public interface IWallet
{
    /// <summary>Start balance + realized + fees + funding.</summary>
    Money Balance { get; }
}

/// <summary>A wallet whose balance is stated before each asking.</summary>
public sealed class StatedWallet : IWallet
{
    public Money Balance { get; set; }
}

/// <summary>What is true at the close at which a strategy is asked.</summary>
/// <param name="lanes">Of the strategy.</param>
/// <param name="wallet">Tells the balance.</param>
public sealed class DecisionContext(IReadOnlyList<StrategyLane> lanes, IWallet wallet)
{
    private readonly StrategyLane first = lanes[0];
    private OwnFill[] fills = new OwnFill[16];
    private int fillCount;

    public IReadOnlyList<StrategyLane> Lanes { get; } = lanes;

    /// <summary>The only lane of a strategy on one instrument.</summary>
    public StrategyLane Lane => first;

    /// <summary>Close time of the candle, Unix milliseconds.</summary>
    public long Time { get; set; }

    /// <summary>Start balance + realized + fees + funding of the whole wallet.</summary>
    public Money WalletBalance => wallet.Balance;

    /// <summary>The bot's own fills since it was last asked, oldest first.</summary>
    public ReadOnlySpan<OwnFill> Fills => fills.AsSpan(0, fillCount);

    public bool HasFills => fillCount > 0;

    /// <summary>For the shell: a fill to show at the next asking.</summary>
    public void AddFill(in OwnFill fill)
    {
        var all = fills;
        if ((uint)fillCount >= (uint)all.Length)
        {
            Array.Resize(ref all, all.Length * 2);
            fills = all;
        }

        all[fillCount++] = fill;
    }

    /// <summary>For the shell, after each asking.</summary>
    public void ClearFills() => fillCount = 0;
}
