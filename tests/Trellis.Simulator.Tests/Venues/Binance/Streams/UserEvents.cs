using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

/// <summary>Orders and fills that no command made.</summary>
internal static class UserEvents
{
    public static Order Order(AccountId account, int instrument, decimal quantity) => new()
    {
        Id = 77,
        Account = account,
        Request = new OrderRequest { Instrument = instrument, Side = Side.Sell, Type = OrderType.Limit, Price = 99m, Quantity = quantity, ClientOrderId = "autoclose-77", ReduceOnly = true },
        CreatedAt = 1,
        UpdatedAt = 2,
    };

    public static Fill Fill(Order order, decimal quantity) =>
        new(5, order.Id, order.Account, order.Request.Instrument, order.Request.Side, order.Request.PositionSide, 100m, quantity, false, 0.5m, -3m, 2);

    public static PositionSummary Position(int instrument) => new()
    {
        Instrument = instrument,
        Side = PositionSide.Net,
        Quantity = -0.5m,
        EntryPrice = 51_000.125m,
        BreakEvenPrice = 50_990m,
        MarkPrice = 52_000m,
        UnrealizedProfit = -499.9375m,
        MaintenanceMargin = 104m,
        RealizedProfit = 12.5m,
    };
}
