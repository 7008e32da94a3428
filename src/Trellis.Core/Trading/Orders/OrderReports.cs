using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Reconciliation;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Orders;

/// <summary>Takes up what an exchange says of an order, in whatever order it says it: what is known only moves forward.</summary>
internal sealed class OrderReports(LoopState state, OrderEnd end, FillIntake fills, ForeignOrders foreign)
{
    public void Take(VenueOrder report)
    {
        if (state.Market(report.Instrument) is not { } market)
        {
            return;
        }

        var order = state.Orders.Find(market.Index, report.ClientOrderId, report.VenueOrderId) ?? state.Orders.Find(market.Index, "", report.TriggeredOrderId);
        if (order is null)
        {
            foreign.Note(report);
            return;
        }

        Take(order, report);
    }

    public void Take(TrackedOrder order, VenueOrder report)
    {
        order.KnownAt = Math.Min(order.KnownAt, state.Now);
        var before = (order.State, order.Live, order.Reported);
        order.Reported = Math.Max(order.Reported, report.ExecutedQuantity);
        order.UpdatedAt = Math.Max(order.UpdatedAt, report.UpdatedAt);
        Advance(order, report);
        if (order.VenueOrderId.Length == 0 && report.VenueOrderId.Length > 0)
        {
            before = default;
        }

        var learned = state.Orders.Learn(order, report.VenueOrderId) | state.Orders.Learn(order, report.TriggeredOrderId);
        if (before != (order.State, order.Live, order.Reported))
        {
            end.Note(order);
        }

        if (learned)
        {
            fills.Claim(order);
        }

        if (order.Reported > order.Booked && (learned || order.Reported > before.Reported || before.State is OrderState.Rejected or OrderState.Canceled))
        {
            // It has executed what nobody told of: perhaps that was taken for somebody else's before the order was understood.
            fills.Reclaim(order);
        }
    }

    private void Advance(TrackedOrder order, VenueOrder report)
    {
        var told = StateOf(report);
        var isEnd = told > OrderState.Amending;
        if (order.HasEnded)
        {
            // Ended is ended, with one exception: what we took for never arrived, or for gone, is there after all.
            if ((order.State == OrderState.Rejected && told != OrderState.Rejected) || (order.EndIsInferred && !isEnd))
            {
                var counted = order.State == OrderState.Rejected ? "refused" : "gone";
                order.State = told;
                order.Live = isEnd ? order.Live : told;
                order.EndIsInferred = false;
                state.Outbox.Alert(AlertLevel.Error, "order-came-back", order.Bot, $"order {order.ClientOrderId} counted as {counted} and is at the exchange: {told}");
            }

            return;
        }

        if (isEnd)
        {
            order.State = told;
            order.Reason = report.Reason.Length > 0 ? report.Reason : order.Reason;
            return;
        }

        order.Live = (OrderState)Math.Max((byte)order.Live, (byte)told);
        if (order.State is OrderState.Submitting or OrderState.Unknown || order.Rests || (order.State == OrderState.Canceling && !order.CancelUnderWay))
        {
            order.State = order.Live;
        }
    }

    private static OrderState StateOf(VenueOrder report) => report.Status switch
    {
        VenueOrderStatus.Untriggered => OrderState.Untriggered,
        VenueOrderStatus.Open => report.ExecutedQuantity > 0 ? OrderState.PartiallyFilled : OrderState.Open,
        VenueOrderStatus.PartiallyFilled => OrderState.PartiallyFilled,
        VenueOrderStatus.Filled => OrderState.Filled,
        VenueOrderStatus.Canceled => OrderState.Canceled,
        VenueOrderStatus.Rejected => OrderState.Rejected,
        _ => OrderState.Expired,
    };
}
