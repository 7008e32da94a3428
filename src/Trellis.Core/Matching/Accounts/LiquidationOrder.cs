using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Accounts;

/// <summary>The market order by which the exchange closes a position of an account whose margin is gone.</summary>
internal static class LiquidationOrder
{
    public static LiveOrder Of(Floor floor, MarginAccount account, Holding holding, int slot)
    {
        var size = holding[slot].Size;
        var side = Sides.FromSign(-Math.Sign(size));
        var id = ++floor.Sequences.Order;
        var quantity = Math.Abs(size);
        return new LiveOrder
        {
            Account = account,
            Market = holding.Market,
            Request = new OrderRequest
            {
                Instrument = holding.Market.Index,
                Side = side,
                Type = OrderType.Market,
                Quantity = holding.Market.Units.ToQuantity(quantity),
                TimeInForce = TimeInForce.ImmediateOrCancel,
                PositionSide = !account.Hedge ? PositionSide.Net : slot == 0 ? PositionSide.Long : PositionSide.Short,
                ClientOrderId = $"autoclose-{id}",
            },
            Id = id,
            Side = side,
            Price = side == Side.Buy ? int.MaxValue : 0,
            Quantity = quantity,
            Priority = ++floor.Sequences.Priority,
            Reduces = true,
            IsLiquidation = true,
            CreatedAt = floor.Time,
            UpdatedAt = floor.Time,
        };
    }
}
