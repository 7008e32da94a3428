using Trellis.Core.Markets;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Matching.State;

/// <summary>Everything that a matching engine is, as plain values. Amounts are in the quote currency; prices and quantities named units are those of the instrument's <see cref="InstrumentUnits"/>.</summary>
public sealed record EngineState
{
    public required long Time { get; init; }

    /// <summary>The order id given out last.</summary>
    public required long LastOrderId { get; init; }

    public required long LastConditionalId { get; init; }

    public required long LastIncomeId { get; init; }

    /// <summary>The place in time given out last.</summary>
    public required long LastPriority { get; init; }

    public required int SplitParts { get; init; }

    public required decimal Deposits { get; init; }

    public required decimal Fees { get; init; }

    public required decimal Insurance { get; init; }

    public required decimal Rounding { get; init; }

    public required IReadOnlyList<MarketState> Markets { get; init; }

    public required IReadOnlyList<AccountState> Accounts { get; init; }

    public required IReadOnlyList<CountdownState> Countdowns { get; init; }
}

/// <summary>An instrument's prices and book.</summary>
/// <param name="Rules">All its dated rules, as they are now.</param>
/// <param name="LastPrice">In price units, as are mark and index price.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record MarketState(
    IReadOnlyList<InstrumentRules> Rules,
    int LastPrice,
    int MarkPrice,
    int IndexPrice,
    bool MarkComesFromOutside,
    bool IsHalted,
    long LastTradeId,
    long UpdateId,
    IReadOnlyList<LevelState> Bids,
    IReadOnlyList<LevelState> Asks);

/// <param name="Price">In price units.</param>
/// <param name="Queue">First in time first.</param>
public sealed record LevelState(int Price, IReadOnlyList<QueuedState> Queue);

/// <param name="OrderId">0 for a quote of the house.</param>
/// <param name="Quantity">What is left, in quantity units.</param>
public readonly record struct QueuedState(long OrderId, long Quantity);

public sealed record AccountState(
    string Name,
    bool HedgeMode,
    decimal WalletBalance,
    bool MarginWasCalled,
    long UpdatedAt,
    IReadOnlyList<HoldingState> Holdings,
    IReadOnlyList<OpenOrderState> OpenOrders,
    IReadOnlyList<ConditionalOrder> LiveConditionals,
    IReadOnlyList<Order> EndedOrders,
    IReadOnlyList<ConditionalOrder> EndedConditionals,
    IReadOnlyList<Fill> Fills,
    IReadOnlyList<IncomeBooked> Income,
    IReadOnlyList<Amendment> Amendments);

/// <summary>What an account has on one instrument.</summary>
/// <param name="First">The net or long position.</param>
/// <param name="Second">The short position of hedge mode.</param>
public sealed record HoldingState(int Leverage, PositionState First, PositionState Second);

/// <param name="Size">Signed, in quantity units.</param>
/// <param name="Realized">Since the position was opened.</param>
public sealed record PositionState(long Size, decimal Cost, decimal Realized, long UpdatedAt);

/// <summary>An open order beyond what its request says; prices and quantities in units.</summary>
public sealed record OpenOrderState(
    long Id,
    OrderRequest Request,
    OrderStatus Status,
    int Price,
    long Quantity,
    long Executed,
    decimal ExecutedNotional,
    long Priority,
    bool Reduces,
    int MarginPrice,
    int Amendments,
    long ConditionalId,
    bool IsLiquidation,
    bool TakesAtOpen,
    long CreatedAt,
    long UpdatedAt);

public readonly record struct CountdownState(int Account, int Instrument, long At);
