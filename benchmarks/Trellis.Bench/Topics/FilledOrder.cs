using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Venues;
using Trellis.Engine.Tests.Doubles;
using Trellis.Exchanges.Adapters;

namespace Trellis.Bench.Topics;

/// <summary>Tells an engine that an order of its own filled, as a user stream would.</summary>
internal static class FilledOrder
{
    public static void Report(IUserSink user, OrderIntent intent, int number)
    {
        var order = ScriptedExchange.Resting(intent);
        user.Fill(new VenueFill
        {
            Instrument = order.Instrument,
            TradeId = $"t{number}",
            VenueOrderId = order.VenueOrderId,
            ClientOrderId = order.ClientOrderId,
            Side = order.Side,
            Price = order.Price,
            Quantity = order.Quantity,
            Fee = 0.01m,
            FeeCurrency = "USDT",
            IsMaker = true,
            Time = Some.Now,
        });
        user.Order(order with { Status = VenueOrderStatus.Filled, ExecutedQuantity = order.Quantity, AveragePrice = order.Price });
    }
}
