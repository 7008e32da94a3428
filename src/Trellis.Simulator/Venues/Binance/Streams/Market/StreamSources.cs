namespace Trellis.Simulator.Venues.Binance.Streams.Market;

internal static class StreamSources
{
    public static StreamSource Create(StreamName name, StreamFeed feed) => name.Kind switch
    {
        StreamKind.AggregateTrade => new AggregateTradeSource(name, feed),
        StreamKind.Trade => new TradeSource(name, feed),
        StreamKind.BookTicker => new BookTickerSource(name, feed),
        StreamKind.AllBookTickers => new AllBookTickersSource(name, feed),
        StreamKind.DepthDifference => new DepthDifferenceSource(name, feed),
        StreamKind.PartialDepth => new PartialDepthSource(name, feed),
        StreamKind.MarkPrice or StreamKind.AllMarkPrices => new MarkPriceSource(name, feed),
        StreamKind.Kline or StreamKind.ContinuousKline => new KlineSource(name, feed),
        StreamKind.ForcedOrder or StreamKind.AllForcedOrders => new ForcedOrderSource(name, feed),
        StreamKind.ContractInfo => new ContractInfoSource(name, feed),
        _ => new TickerSource(name, feed),
    };
}
