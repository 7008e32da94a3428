using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Views;

/// <summary>The whole account at one instant, for screens; immutable.</summary>
public sealed record TradingView
{
    /// <summary>Time of the last input, Unix milliseconds.</summary>
    public required long Time { get; init; }

    public required IReadOnlyList<BotView> Bots { get; init; }

    /// <summary>Orders that live, oldest first, then those that are planned and held back, with the reason.</summary>
    public required IReadOnlyList<ManagedOrder> Orders { get; init; }

    public required IReadOnlyList<MarketView> Markets { get; init; }

    /// <summary>Open orders that no bot made.</summary>
    public required IReadOnlyList<VenueOrder> ForeignOrders { get; init; }

    public required ReconciliationView Reconciliation { get; init; }

    /// <summary>Own money of all bots + their results + what their positions are worth now, in the account's currency.</summary>
    public required decimal Equity { get; init; }

    /// <summary>The highest equity that counts for the drawdown limit; null without one.</summary>
    public required decimal? PeakEquity { get; init; }

    /// <summary>Who threw the kill switch; empty while it is off.</summary>
    public required string KilledBy { get; init; }

    /// <summary>What the exchange said when it forbade trading; empty where it has not.</summary>
    public required string Forbidden { get; init; }
}

/// <summary>A bot at one instant: realized + unrealized + fees + funding = the change of its equity.</summary>
/// <param name="Reason">Why it is in this state.</param>
/// <param name="Revision">Its n-th beginning.</param>
/// <param name="Report">What the strategy says of itself; null before it has begun.</param>
public sealed record BotView(
    int Bot,
    string Name,
    BotState State,
    string Reason,
    int Revision,
    decimal Realized,
    decimal Unrealized,
    decimal Fees,
    decimal Funding,
    IReadOnlyList<PositionView> Positions,
    StrategyReport? Report);

/// <param name="Size">Signed.</param>
/// <param name="EntryPrice">Mean price of what is held.</param>
public sealed record PositionView(int Market, PositionSide Side, decimal Size, decimal EntryPrice, decimal Cost, decimal Unrealized);

/// <param name="Bid">0 before the first quote.</param>
/// <param name="LastClose">Of the last candle; 0 before the first.</param>
/// <param name="ForeignSize">Signed, both position sides together: what the venue holds and no bot made.</param>
/// <param name="Size">The venue's position as the books have it.</param>
public sealed record MarketView(int Market, decimal Bid, decimal Ask, decimal LastClose, int Candles, decimal ForeignSize, decimal Size);

/// <param name="IsReconciled">Whether a reconciliation has succeeded since the process began.</param>
/// <param name="Number">Of the last question.</param>
/// <param name="CertainUntil">The exchange's clock at the start of the last snapshot in which everything added up.</param>
/// <param name="Problem">Why the last one did not do; empty where it did.</param>
/// <param name="OpenedAt">The exchange's clock when the books were opened; 0 before.</param>
/// <param name="Unexplained">Equity of the venue − equity of the books at the last look: what rounding has left.</param>
/// <param name="Corrected">Sum of all corrections.</param>
public sealed record ReconciliationView(bool IsReconciled, int Number, long CertainUntil, string Problem, long OpenedAt, decimal Unexplained, decimal Corrected);
