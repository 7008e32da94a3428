using Trellis.Core.Orders;

namespace Trellis.Simulator.MarketData;

/// <summary>A candle in the making. Without a trade its prices are the close before it, and its trade ids −1.</summary>
internal struct KlineBar
{
    public const long NoTrade = -1;

    public long OpenTime;
    public decimal Open;
    public decimal High;
    public decimal Low;
    public decimal Close;
    public decimal Volume;
    public decimal QuoteVolume;
    public decimal TakerBuyVolume;
    public decimal TakerBuyQuoteVolume;
    public long FirstTradeId;
    public long LastTradeId;
    public int Trades;

    public static KlineBar Flat(long openTime, decimal price) => new()
    {
        OpenTime = openTime,
        Open = price,
        High = price,
        Low = price,
        Close = price,
        FirstTradeId = NoTrade,
        LastTradeId = NoTrade,
    };

    public static KlineBar From(Kline kline) => new()
    {
        OpenTime = kline.OpenTime,
        Open = kline.Open,
        High = kline.High,
        Low = kline.Low,
        Close = kline.Close,
        Volume = kline.Volume,
        QuoteVolume = kline.QuoteVolume,
        TakerBuyVolume = kline.TakerBuyVolume,
        TakerBuyQuoteVolume = kline.TakerBuyQuoteVolume,
        FirstTradeId = kline.FirstTradeId,
        LastTradeId = kline.LastTradeId,
        Trades = kline.Trades,
    };

    /// <summary>Whether something was traded; a candle of a past that was handed in may not know how often.</summary>
    public readonly bool IsTraded => Trades > 0 || Volume > 0;

    public void Add(long tradeId, decimal price, decimal quantity, Side aggressor)
    {
        if (!IsTraded)
        {
            (Open, High, Low) = (price, price, price);
            FirstTradeId = tradeId;
        }

        High = Math.Max(High, price);
        Low = Math.Min(Low, price);
        Close = price;
        LastTradeId = tradeId;
        Trades++;
        Volume += quantity;
        QuoteVolume += price * quantity;
        if (aggressor == Side.Buy)
        {
            TakerBuyVolume += quantity;
            TakerBuyQuoteVolume += price * quantity;
        }
    }

    /// <summary>Appends the candle that follows.</summary>
    public void Append(in KlineBar next)
    {
        if (!next.IsTraded)
        {
            return;
        }

        if (!IsTraded)
        {
            var openTime = OpenTime;
            this = next;
            OpenTime = openTime;
            return;
        }

        High = Math.Max(High, next.High);
        Low = Math.Min(Low, next.Low);
        Close = next.Close;
        FirstTradeId = FirstTradeId == NoTrade ? next.FirstTradeId : FirstTradeId;
        LastTradeId = next.LastTradeId == NoTrade ? LastTradeId : next.LastTradeId;
        Trades += next.Trades;
        Volume += next.Volume;
        QuoteVolume += next.QuoteVolume;
        TakerBuyVolume += next.TakerBuyVolume;
        TakerBuyQuoteVolume += next.TakerBuyQuoteVolume;
    }

    public readonly Kline ToKline(KlineInterval interval, bool isClosed) => new(
        OpenTime,
        KlineIntervals.NextOpenOf(interval, OpenTime) - 1,
        Open,
        High,
        Low,
        Close,
        Volume,
        QuoteVolume,
        Trades,
        TakerBuyVolume,
        TakerBuyQuoteVolume,
        FirstTradeId,
        LastTradeId,
        isClosed);
}
