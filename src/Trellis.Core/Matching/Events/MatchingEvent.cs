using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Events;

/// <summary>Something that happened on the exchange.</summary>
/// <param name="Time">The exchange's clock, Unix milliseconds.</param>
public abstract record MatchingEvent(long Time);

public enum OrderChange : byte
{
    Placed,
    Filled,
    Amended,
    Canceled,
    Expired,
}

/// <summary>An order came into being or changed; <paramref name="Fill"/> is set with <see cref="OrderChange.Filled"/>.</summary>
public sealed record OrderChanged(long Time, Order Order, OrderChange Change, Fill? Fill) : MatchingEvent(Time);

/// <summary>One side of a trade.</summary>
/// <param name="TradeId">Unique per instrument, from 1; both sides share it.</param>
/// <param name="Fee">In quote currency; above 0 when paid.</param>
/// <param name="RealizedProfit">What the fill realized, before its fee.</param>
public sealed record Fill(
    long TradeId,
    long OrderId,
    AccountId Account,
    int Instrument,
    Side Side,
    PositionSide PositionSide,
    decimal Price,
    decimal Quantity,
    bool IsMaker,
    decimal Fee,
    decimal RealizedProfit,
    long Time);

/// <summary>A conditional order came into being or changed.</summary>
public sealed record ConditionalChanged(long Time, ConditionalOrder Order) : MatchingEvent(Time);

/// <summary>A trade that the whole market sees.</summary>
/// <param name="Aggressor">The taker's side.</param>
public sealed record Traded(long Time, int Instrument, long TradeId, decimal Price, decimal Quantity, Side Aggressor) : MatchingEvent(Time);

public enum BalanceReason : byte
{
    Deposit,
    Withdrawal,

    /// <summary>A fill: realized profit and fee together.</summary>
    Order,
    Funding,
    Liquidation,

    /// <summary>The insurance fund took over what was below zero.</summary>
    Insurance,
}

/// <summary>An account's money or positions changed; follows the order events of the same cause.</summary>
/// <param name="Change">What was added to the wallet.</param>
/// <param name="Positions">The positions that changed, as they are now.</param>
public sealed record AccountChanged(
    long Time,
    AccountId Account,
    BalanceReason Reason,
    int Instrument,
    decimal Change,
    decimal WalletBalance,
    IReadOnlyList<PositionSummary> Positions) : MatchingEvent(Time);

/// <summary>One entry of an account's income: what changed its wallet and why.</summary>
public sealed record IncomeBooked(long Time, AccountId Account, IncomeKind Kind, int Instrument, decimal Amount, long Id, long TradeId) : MatchingEvent(Time);

public enum IncomeKind : byte
{
    RealizedProfit,
    Fee,
    Funding,
    Transfer,
    InsuranceClear,
}

/// <summary>Leverage, margin mode or position mode of an account changed.</summary>
/// <param name="Instrument">−1 where the whole account changed (position mode).</param>
public sealed record AccountSettingChanged(long Time, AccountId Account, int Instrument, int Leverage, bool HedgeMode) : MatchingEvent(Time);

/// <summary>The mark price moved.</summary>
public sealed record MarkPriceChanged(long Time, int Instrument, decimal MarkPrice, decimal IndexPrice) : MatchingEvent(Time);

/// <summary>Funding was settled on an instrument.</summary>
public sealed record FundingSettled(long Time, int Instrument, decimal Rate, decimal MarkPrice) : MatchingEvent(Time);

/// <summary>A candle has passed by the rule of backtests: whatever filled in it, this is what the market shows.</summary>
/// <param name="OpenTime">Unix milliseconds.</param>
public sealed record CandlePassed(long Time, int Instrument, long OpenTime, CandlePrices Candle) : MatchingEvent(Time);

/// <summary>An account's margin fell below its maintenance margin at these mark prices, and the exchange closed it.</summary>
public sealed record Liquidated(long Time, AccountId Account, decimal MarginBalance, decimal MaintenanceMargin) : MatchingEvent(Time);

/// <summary>The margin of an account came near its maintenance margin.</summary>
public sealed record MarginCalled(long Time, AccountId Account, decimal WalletBalance, IReadOnlyList<PositionSummary> Positions) : MatchingEvent(Time);

/// <summary>An instrument has other rules, or is halted or resumed.</summary>
public sealed record InstrumentChanged(long Time, int Instrument) : MatchingEvent(Time);

/// <summary>A price level of a book now holds this quantity; 0 where it is gone.</summary>
/// <param name="UpdateId">Grows by one with every change of any level of the instrument.</param>
public readonly record struct LevelChange(int Instrument, Side Side, decimal Price, decimal Quantity, long UpdateId, long Time);
