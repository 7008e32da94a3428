using Trellis.Core.Matching.Events;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.MarketData;

namespace Trellis.Simulator.Tests.MarketData;

/// <summary>Trades of a seeded market, a batch at a time.</summary>
internal sealed class RandomTrades(ulong seed, long start, int longestGap)
{
    private readonly DeterministicRandom _random = new(seed);
    private decimal _price = 1_000m;
    private long _lastId;

    public long Now { get; private set; } = start;

    public List<Traded> All { get; } = [];

    public void Pass(long milliseconds) => Now += milliseconds;

    /// <summary>Lets time pass and trades happen, and shows them to the store.</summary>
    public void Next(MarketDataStore store)
    {
        Now += (long)(_random.NextBits() % (ulong)longestGap);
        var events = new List<MatchingEvent>();
        for (var count = _random.NextBits() % 4; count > 0; count--)
        {
            _price += (decimal)(_random.NextBits() % 21) - 10m;
            var trade = new Traded(Now, 0, ++_lastId, _price, (1 + (_random.NextBits() % 999)) / 1_000m, _random.NextBits() % 2 == 0 ? Side.Buy : Side.Sell);
            events.Add(trade);
            All.Add(trade);
        }

        store.Observe(new EventBatch(Now, events, []));
    }

    /// <summary>Candles by looking at every trade anew for every candle.</summary>
    public List<Kline> Naive(KlineInterval interval)
    {
        var klines = new List<Kline>();
        if (All.Count == 0)
        {
            return klines;
        }

        var close = 0m;
        for (var open = KlineIntervals.OpenOf(interval, All[0].Time); open <= Now; open = KlineIntervals.NextOpenOf(interval, open))
        {
            var next = KlineIntervals.NextOpenOf(interval, open);
            var trades = All.Where(trade => trade.Time >= open && trade.Time < next).ToList();
            var bought = trades.Where(trade => trade.Aggressor == Side.Buy).ToList();
            klines.Add(trades.Count == 0
                ? new Kline(open, next - 1, close, close, close, close, 0, 0, 0, 0, 0, -1, -1, Now >= next)
                : new Kline(
                    open,
                    next - 1,
                    trades[0].Price,
                    trades.Max(trade => trade.Price),
                    trades.Min(trade => trade.Price),
                    trades[^1].Price,
                    trades.Sum(trade => trade.Quantity),
                    trades.Sum(trade => trade.Price * trade.Quantity),
                    trades.Count,
                    bought.Sum(trade => trade.Quantity),
                    bought.Sum(trade => trade.Price * trade.Quantity),
                    trades[0].TradeId,
                    trades[^1].TradeId,
                    Now >= next));
            close = klines[^1].Close;
        }

        return klines;
    }
}
