using Trellis.Core.Orders;

namespace Trellis.Simulator.MarketData;

/// <summary>A candle as an exchange tells it.</summary>
/// <param name="OpenTime">Unix milliseconds.</param>
/// <param name="Volume">In the instrument's unit of quantity.</param>
/// <param name="QuoteVolume">Σ price × quantity; where a contract is not one coin, the venue multiplies by its size.</param>
/// <param name="TakerBuyVolume">The part of the volume in which the taker bought.</param>
public sealed record Kline(
    long OpenTime,
    long CloseTime,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal Volume,
    decimal QuoteVolume,
    int Trades,
    decimal TakerBuyVolume,
    decimal TakerBuyQuoteVolume,
    long FirstTradeId,
    long LastTradeId,
    bool IsClosed);

/// <summary>The last 24 hours.</summary>
public sealed record DayTicker(
    int Instrument,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Last,
    decimal LastQuantity,
    decimal Volume,
    decimal QuoteVolume,
    long OpenTime,
    long CloseTime,
    long FirstTradeId,
    long LastTradeId,
    long Trades);

/// <summary>Best bid and ask; a price of 0 where a side is empty.</summary>
public sealed record BestQuote(int Instrument, decimal BidPrice, decimal BidQuantity, decimal AskPrice, decimal AskQuantity, long UpdateId, long Time);

/// <summary>One trade of the market.</summary>
public sealed record MarketTrade(int Instrument, long Id, decimal Price, decimal Quantity, Side Aggressor, long Time);

/// <summary>Trades of one taker order at one price, put together.</summary>
public sealed record AggregateTrade(int Instrument, long Id, decimal Price, decimal Quantity, long FirstTradeId, long LastTradeId, Side Aggressor, long Time);

/// <summary>Mark and index price and the coming funding.</summary>
public sealed record MarkView(int Instrument, decimal MarkPrice, decimal IndexPrice, decimal FundingRate, long NextFundingTime, long Time);

/// <summary>A funding that was settled.</summary>
public sealed record FundingView(int Instrument, decimal Rate, decimal MarkPrice, long Time);
