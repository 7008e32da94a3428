using Trellis.Core.Markets;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Commands;

/// <summary>
/// One input of the exchange. Equal commands in equal order give an equal exchange, to the bit: a log of them is the exchange.
/// </summary>
/// <param name="Time">The exchange's clock, Unix milliseconds; never before that of the command before it.</param>
public abstract record MatchingCommand(long Time);

/// <summary>Opens an account; accounts are numbered in this order. Account 0, the house, is there from the start.</summary>
public sealed record OpenAccount(long Time, string Name, bool HedgeMode = false, int Leverage = 20) : MatchingCommand(Time);

/// <summary>Adds to a wallet, or takes from it.</summary>
public sealed record Transfer(long Time, AccountId Account, decimal Amount) : MatchingCommand(Time);

public sealed record PlaceOrder(long Time, AccountId Account, OrderRequest Request) : MatchingCommand(Time);

/// <summary>Names an order by id or, where that is 0, by client order id.</summary>
public readonly record struct OrderReference(int Instrument, long OrderId, string ClientOrderId);

/// <summary>Changes price and quantity of an open limit order, which loses its place in the queue.</summary>
public sealed record AmendOrder(long Time, AccountId Account, OrderReference Order, Side? Side, decimal Price, decimal Quantity) : MatchingCommand(Time);

public sealed record CancelOrder(long Time, AccountId Account, OrderReference Order) : MatchingCommand(Time);

public sealed record CancelConditional(long Time, AccountId Account, long Id, string ClientOrderId) : MatchingCommand(Time);

/// <summary>Cancels the account's open orders on an instrument.</summary>
public sealed record CancelAllOrders(long Time, AccountId Account, int Instrument) : MatchingCommand(Time);

public sealed record CancelAllConditionals(long Time, AccountId Account, int Instrument) : MatchingCommand(Time);

/// <summary>Cancels the account's open orders on an instrument when the clock reaches <paramref name="At"/>; 0 stops the countdown.</summary>
public sealed record SetCountdown(long Time, AccountId Account, int Instrument, long At) : MatchingCommand(Time);

public sealed record SetLeverage(long Time, AccountId Account, int Instrument, int Leverage) : MatchingCommand(Time);

public sealed record SetPositionMode(long Time, AccountId Account, bool HedgeMode) : MatchingCommand(Time);

public sealed record SetMarginMode(long Time, AccountId Account, int Instrument, MarginMode Mode) : MatchingCommand(Time);

/// <summary>Only lets the clock run: what is due (dates of orders, countdowns) happens.</summary>
public sealed record PassTime(long Time) : MatchingCommand(Time);

/// <summary>
/// The synthetic market goes to a price: what lies between is traded, then the ladder of quotes stands around the new price.
/// Only with <see cref="FillRule.Book"/>.
/// </summary>
/// <param name="Volume">How much trades on the way, beyond what the users' own orders between take; at least 0.</param>
/// <param name="Step">Seeds the shape of the ladder.</param>
public sealed record MoveMarket(long Time, int Instrument, decimal Price, decimal Volume, long Step) : MatchingCommand(Time);

/// <summary>Quotes of a market outside replace the house's quotes (best first). Only with <see cref="FillRule.Book"/>.</summary>
public sealed record SetQuotes(long Time, int Instrument, IReadOnlyList<QuoteLevel> Bids, IReadOnlyList<QuoteLevel> Asks) : MatchingCommand(Time);

public readonly record struct QuoteLevel(decimal Price, decimal Quantity);

/// <summary>A trade of a market outside: users' orders that it would have met fill, up to its quantity. Only with <see cref="FillRule.Book"/>.</summary>
public sealed record TradeOutside(long Time, int Instrument, Side Aggressor, decimal Price, decimal Quantity) : MatchingCommand(Time);

/// <summary>A candle passes, and the backtest's rule decides what fills. Only with <see cref="FillRule.Candle"/>.</summary>
/// <param name="Time">Close time of the candle.</param>
/// <param name="Candles">One entry per instrument, in instrument order; null in a hole.</param>
public sealed record PassCandle(long Time, long OpenTime, IReadOnlyList<CandlePrices?> Candles) : MatchingCommand(Time);

/// <summary>Prices of one candle, in quote currency.</summary>
public sealed record CandlePrices(decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

public sealed record SetMarkPrice(long Time, int Instrument, decimal MarkPrice, decimal IndexPrice) : MatchingCommand(Time);

/// <summary>Every position on the instrument pays (or receives) size × mark price × rate.</summary>
public sealed record SettleFunding(long Time, int Instrument, decimal Rate, decimal MarkPrice) : MatchingCommand(Time);

/// <summary>Other rules from now on; open orders stay as they are.</summary>
public sealed record ChangeRules(long Time, int Instrument, InstrumentRules Rules) : MatchingCommand(Time);

/// <summary>New orders on the instrument are refused until it is resumed; cancels go on.</summary>
public sealed record HaltTrading(long Time, int Instrument, bool Halted) : MatchingCommand(Time);

/// <summary>Splits every fill of a user's resting order into at least this many parts; 1 is off. A fault to test clients with.</summary>
public sealed record SplitFills(long Time, int Parts) : MatchingCommand(Time);
