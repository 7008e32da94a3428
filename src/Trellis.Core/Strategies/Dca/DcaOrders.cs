using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Dca;

/// <summary>The forms of a bot's orders: which side, which position, which instructions.</summary>
internal sealed class DcaOrders(DcaOptions options, bool hedgeMode, MarketKind market)
{
    /// <summary>Take profit and stop loss are a bracket: one cancels the other.</summary>
    private const int Bracket = 1;

    private readonly int direction = options.Direction == DcaDirection.Short ? -1 : 1;
    private readonly OrderInstructions resting = options.PostOnly ? OrderInstructions.PostOnly : OrderInstructions.None;
    private readonly OrderInstructions closing = market == MarketKind.Perp ? OrderInstructions.ReduceOnly : OrderInstructions.None;

    private PositionSide PositionSide => hedgeMode ? (PositionSide)direction : PositionSide.Net;

    public PlannedOrder Entry(int price, long quantity) => new()
    {
        Side = Sides.FromSign(direction),
        Kind = OrderKind.Limit,
        Instructions = resting,
        PositionSide = PositionSide,
        Price = price,
        Quantity = quantity,
    };

    public PlannedOrder EntryAtMarket(long quantity) => new()
    {
        Side = Sides.FromSign(direction),
        Kind = OrderKind.Market,
        PositionSide = PositionSide,
        Quantity = quantity,
    };

    public PlannedOrder TakeProfit(int price, long quantity) => new()
    {
        Side = Sides.FromSign(-direction),
        Kind = OrderKind.Limit,
        Instructions = resting | closing,
        PositionSide = PositionSide,
        Price = price,
        Quantity = quantity,
        Group = Bracket,
    };

    public PlannedOrder StopLoss(int price) => new()
    {
        Side = Sides.FromSign(-direction),
        Kind = direction > 0 ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove,
        Instructions = OrderInstructions.ClosePosition,
        PositionSide = PositionSide,
        Price = price,
        Quantity = 1,
        Group = Bracket,
    };

    public PlannedOrder CloseAtMarket(long quantity) => new()
    {
        Side = Sides.FromSign(-direction),
        Kind = OrderKind.Market,
        Instructions = OrderInstructions.ReduceOnly,
        PositionSide = PositionSide,
        Quantity = quantity,
    };
}
