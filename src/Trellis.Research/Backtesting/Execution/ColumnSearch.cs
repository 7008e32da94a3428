using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Finds the next candle at which an order that follows a price column fills, or a wake column asks.</summary>
internal static class ColumnSearch
{
    /// <summary>First candle of the run in [from, to) that matters; <see cref="int.MaxValue"/> where none does.</summary>
    public static int Next(Lane lane, int from, int to)
    {
        if (from >= to)
        {
            return int.MaxValue;
        }

        var found = to;
        if (lane.Plan.WakeColumn > 0)
        {
            var flags = lane.Columns.Wakes[lane.Plan.WakeColumn - 1].AsSpan(from + lane.Offset, to - from);
            var offset = flags.IndexOfAnyExcept((byte)0);
            found = offset < 0 ? to : from + offset;
        }

        foreach (var slot in lane.Book.ColumnOrders)
        {
            found = NextFill(lane, lane.Plan.Order(slot), from, found);
        }

        return found < to ? found : int.MaxValue;
    }

    /// <summary>The price that the order has during the lane's current candle; 0 where it does not rest.</summary>
    public static int PriceInForce(Lane lane, in PlannedOrder order)
    {
        var before = lane.Candle - 1;
        var price = lane.Columns.Prices[order.PriceColumn - 1][before];
        var beyond = order.Side.Sign() * ((long)price - lane.Candles.Close[before]) > 0;
        return price == 0 || beyond ? 0 : price;
    }

    private static int NextFill(Lane lane, in PlannedOrder order, int from, int to)
    {
        var prices = lane.Columns.Prices[order.PriceColumn - 1].AsSpan(from + lane.Offset - 1, to - from);
        var closes = lane.Candles.Close.Span.Slice(from + lane.Offset - 1, to - from);
        var buy = order.Side == Side.Buy;
        var extremes = (buy ? lane.Candles.Low : lane.Candles.High).Span.Slice(from + lane.Offset, to - from);
        for (var i = 0; i < prices.Length; i++)
        {
            var price = prices[i];
            var fills = buy
                ? extremes[i] < price && price <= closes[i]
                : extremes[i] > price && price >= closes[i];
            if (fills && price != 0)
            {
                return from + i;
            }
        }

        return to;
    }
}
