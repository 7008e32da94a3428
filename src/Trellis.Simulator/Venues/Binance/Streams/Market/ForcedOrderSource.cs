using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.Market;

/// <summary><c>btcusdt@forceOrder</c> and <c>!forceOrder@arr</c>: of each symbol, the last forced close of every second.</summary>
internal sealed class ForcedOrderSource(StreamName name, StreamFeed feed) : StreamSource(name, feed)
{
    private readonly SortedDictionary<int, OrderChanged> _news = [];

    public override void OnEvent(MatchingEvent occurred)
    {
        if (occurred is OrderChanged { Order.IsLiquidation: true, Change: OrderChange.Filled } filled
            && (Name.Kind == StreamKind.AllForcedOrders || filled.Order.Request.Instrument == Name.Instrument))
        {
            _news[filled.Order.Request.Instrument] = filled;
        }
    }

    public override void Tick()
    {
        foreach (var filled in _news.Values)
        {
            Publish(filled.Order, filled.Fill?.Quantity ?? 0, filled.Time);
        }

        _news.Clear();
    }

    private void Publish(Order order, decimal lastQuantity, long time)
    {
        var symbol = Feed.Symbols.All[order.Request.Instrument];
        var writer = Feed.Buffer.Begin();
        writer.WriteStartObject();
        writer.WriteString("e"u8, "forceOrder"u8);
        writer.WriteNumber("E"u8, Feed.EventTime(time));
        writer.WriteStartObject("o"u8);
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteString("S"u8, order.Request.Side.Word());
        writer.WriteString("o"u8, "LIMIT"u8);
        writer.WriteString("f"u8, "IOC"u8);
        writer.WriteFixed("q"u8, order.Request.Quantity, symbol.QuantityPrecision);
        writer.WriteFixed("p"u8, order.Request.Price == 0 ? order.AveragePrice : order.Request.Price, symbol.PricePrecision);
        writer.WriteFixed("ap"u8, order.AveragePrice, symbol.PricePrecision);
        writer.WriteString("X"u8, order.StatusWord());
        writer.WriteFixed("l"u8, lastQuantity, symbol.QuantityPrecision);
        writer.WriteFixed("z"u8, order.ExecutedQuantity, symbol.QuantityPrecision);
        writer.WriteNumber("T"u8, time);
        writer.WriteEndObject();
        writer.WriteString("ps"u8, symbol.Name);
        writer.WriteNumber("st"u8, StreamFeed.SymbolType);
        writer.WriteEndObject();
        Publish();
    }
}
