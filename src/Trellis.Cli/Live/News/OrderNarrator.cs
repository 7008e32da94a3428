using Serilog.Events;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;

namespace Trellis.Cli.Live.News;

/// <summary>Orders and fills in words.</summary>
internal sealed class OrderNarrator(LiveFacts facts)
{
    public Happening Tell(ManagedOrder order, long time, long sequence)
    {
        var (intent, state, reason) = (order.Intent, LiveWords.Of(order.State), facts.Redaction.Clean(order.Reason));
        var (bot, instrument) = (facts.Bot(intent.Bot), facts.Instrument(intent.Market));
        var slot = order.Slot < 0 ? "risk" : order.Slot.ToString();
        var why = reason.Length > 0 ? $": {reason}" : "";
        return new Happening(
            time, Level(order.State), $"order-{state}", $"order {state.Replace('-', ' ')}: {bot} {instrument} {Describe(intent)}, slot {slot}, id {intent.ClientOrderId}{why}",
            new Fields
            {
                { "sequence", sequence },
                { "bot", bot },
                { "instrument", instrument },
                { "slot", slot },
                { "side", LiveWords.Of(intent.Side) },
                { "position_side", LiveWords.Of(intent.PositionSide) },
                { "kind", LiveWords.Of(intent.Kind) },
                { "price", intent.Price },
                { "trigger_price", intent.TriggerPrice },
                { "quantity", intent.Quantity },
                { "booked", order.BookedQuantity },
                { "post_only", intent.PostOnly },
                { "reduce_only", intent.ReduceOnly },
                { "close_position", intent.ClosePosition },
                { "client_order_id", intent.ClientOrderId },
                { "order_id", facts.Redaction.Clean(order.VenueOrderId) },
                { "reason", reason },
            });
    }

    public Happening Tell(FillBooked booked, long sequence)
    {
        var fill = booked.Fill;
        var (bot, instrument) = (facts.Bot(booked.Bot), facts.Instrument(booked.Market));
        var currency = fill.FeeCurrency.Length > 0 ? $" {fill.FeeCurrency}" : "";
        var text = $"fill: {bot} {instrument} {LiveWords.Of(fill.Side)} {LiveWords.Exact(fill.Quantity)} at {LiveWords.Exact(fill.Price)}, fee {LiveWords.Exact(fill.Fee)}{currency}, " +
            $"realized {LiveWords.Exact(booked.Realized)} {facts.Settings.Currency}, slot {booked.Slot}, trade {fill.TradeId}, order {fill.VenueOrderId}";
        return new Happening(
            fill.Time, LogEventLevel.Information, "fill", facts.Redaction.Clean(text),
            new Fields
            {
                { "sequence", sequence },
                { "bot", bot },
                { "instrument", instrument },
                { "slot", facts.Redaction.Clean(booked.Slot) },
                { "side", LiveWords.Of(fill.Side) },
                { "position_side", LiveWords.Of(fill.PositionSide) },
                { "price", fill.Price },
                { "quantity", fill.Quantity },
                { "fee", fill.Fee },
                { "fee_currency", fill.FeeCurrency },
                { "realized", booked.Realized },
                { "currency", facts.Settings.Currency },
                { "maker", fill.IsMaker },
                { "trade_id", facts.Redaction.Clean(fill.TradeId) },
                { "order_id", facts.Redaction.Clean(fill.VenueOrderId) },
                { "client_order_id", facts.Redaction.Clean(fill.ClientOrderId) },
            });
    }

    /// <returns>Such as <c>buy 0.01 at 63000.1 post-only</c>.</returns>
    private static string Describe(OrderIntent intent)
    {
        var quantity = intent.ClosePosition ? "the position" : LiveWords.Exact(intent.Quantity);
        var price = intent.Kind switch
        {
            OrderKind.Limit => $"at {LiveWords.Exact(intent.Price)}",
            OrderKind.Market => "at market",
            OrderKind.TriggerAtOrBelow => $"at market when at or below {LiveWords.Exact(intent.TriggerPrice)}",
            _ => $"at market when at or above {LiveWords.Exact(intent.TriggerPrice)}",
        };
        return $"{LiveWords.Of(intent.Side)} {quantity} {price}{(intent.PostOnly ? " post-only" : "")}{(intent.ReduceOnly ? " reduce-only" : "")}";
    }

    private static LogEventLevel Level(OrderState state) => state switch
    {
        OrderState.Unknown or OrderState.Rejected or OrderState.Expired => LogEventLevel.Warning,
        // The fill, or the end of the order, says it.
        OrderState.PartiallyFilled or OrderState.Canceling or OrderState.Amending or OrderState.Planned => LogEventLevel.Debug,
        _ => LogEventLevel.Information,
    };
}
