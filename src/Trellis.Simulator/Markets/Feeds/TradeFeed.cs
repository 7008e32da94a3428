using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Data.Trades;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>Replays recorded trades at their own times.</summary>
internal sealed class TradeFeed : IMarketFeed
{
    private readonly IReadOnlyList<RecordedTrade> _trades;
    private readonly long _start;
    private readonly long _interval;
    private readonly PriceGrid _grid;

    /// <param name="trades">In order of time.</param>
    /// <param name="start">Open time of candle 0, in the time of the trades.</param>
    public TradeFeed(IReadOnlyList<RecordedTrade> trades, long start, long interval, PriceGrid grid, string description)
    {
        _trades = trades;
        _start = start;
        _interval = interval;
        _grid = grid;
        Description = description;
    }

    public string Description { get; }

    public Candle? CandleAt(long candle)
    {
        var from = FirstAt(_start + (candle * _interval));
        var to = FirstAt(_start + ((candle + 1) * _interval));
        if (from == to)
        {
            return null;
        }

        var open = _trades[from].Price;
        var (high, low, volume) = (open, open, 0m);
        for (var i = from; i < to; i++)
        {
            high = Math.Max(high, _trades[i].Price);
            low = Math.Min(low, _trades[i].Price);
            volume += _trades[i].Quantity;
        }

        return new Candle(_start + (candle * _interval), open, high, low, _trades[to - 1].Price, volume);
    }

    public void MovesIn(long candle, int steps, List<MarketMove> moves)
    {
        var open = _start + (candle * _interval);
        for (var i = FirstAt(open); i < _trades.Count && _trades[i].Time < open + _interval; i++)
        {
            var trade = _trades[i];
            var lots = Math.Max(1, _grid.LotsIn(trade.Quantity));
            moves.Add(new MarketMove(trade.Time - open, _grid.Nearest(trade.Price), lots * _grid.Lot, trade.IsBuyerMaker ? Side.Sell : Side.Buy));
        }
    }

    private int FirstAt(long time)
    {
        var (low, high) = (0, _trades.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _trades[middle].Time < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
