using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Signals;

/// <summary>The orders of a signal bot in its plan.</summary>
/// <param name="hedgeMode">Whether orders name the long or the short position.</param>
internal sealed class SignalOrders(bool hedgeMode)
{
    private const int BracketGroup = 1;

    /// <summary>Size of the position of a direction, in quantity units.</summary>
    public static long Position(StrategyLane lane, int direction) => direction > 0 ? lane.LongPosition : lane.ShortPosition;

    /// <summary>At market, at the next open.</summary>
    public void Enter(StrategyLane lane, int direction, long quantity) => lane.Plan.Set(SignalSlots.Entry, new PlannedOrder
    {
        Side = Sides.FromSign(direction),
        Kind = OrderKind.Market,
        PositionSide = PositionSideOf(direction),
        Quantity = quantity,
    });

    /// <summary>Stop and target, as far as there are any; one cancels the other.</summary>
    /// <param name="quantity">Of the target; the stop closes whatever there is.</param>
    public void Protect(StrategyLane lane, int direction, in SignalBracket bracket, long quantity)
    {
        var order = new PlannedOrder
        {
            Side = Sides.FromSign(-direction),
            Kind = OrderKind.Limit,
            PositionSide = PositionSideOf(direction),
            Group = BracketGroup,
            Quantity = 1,
        };
        if (bracket.Stop > 0)
        {
            lane.Plan.Set(SignalSlots.StopLoss, order with
            {
                Kind = direction > 0 ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove,
                Instructions = OrderInstructions.ClosePosition,
                Price = bracket.Stop,
            });
        }

        if (bracket.Target > 0)
        {
            lane.Plan.Set(SignalSlots.TakeProfit, order with { Instructions = OrderInstructions.ReduceOnly, Price = bracket.Target, Quantity = quantity });
        }
    }

    /// <summary>Entry and bracket go; what is held is closed.</summary>
    public void Leave(StrategyLane lane, int direction, long lot)
    {
        lane.Plan.Remove(SignalSlots.Entry);
        lane.Plan.Remove(SignalSlots.StopLoss);
        lane.Plan.Remove(SignalSlots.TakeProfit);
        Close(lane, direction, lot);
    }

    /// <summary>Closes what is held in a direction at the next open; less than a lot stays.</summary>
    public void Close(StrategyLane lane, int direction, long lot)
    {
        var quantity = Position(lane, direction) / lot * lot;
        if (quantity == 0)
        {
            lane.Plan.Remove(SignalSlots.Close);
            return;
        }

        lane.Plan.Set(SignalSlots.Close, new PlannedOrder
        {
            Side = Sides.FromSign(-direction),
            Kind = OrderKind.Market,
            PositionSide = PositionSideOf(direction),
            Instructions = OrderInstructions.ReduceOnly,
            Quantity = quantity,
        });
    }

    private PositionSide PositionSideOf(int direction) => hedgeMode ? (PositionSide)direction : PositionSide.Net;
}
