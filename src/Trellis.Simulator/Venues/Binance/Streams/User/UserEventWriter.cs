using System.Text.Json;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;

namespace Trellis.Simulator.Venues.Binance.Streams.User;

/// <summary>Tells the exchange's events as the user stream does: each as no, one or several messages, in the order in which they happened.</summary>
internal sealed class UserEventWriter(StreamFeed feed)
{
    public const string Expired = "listenKeyExpired";

    private readonly OpenNotional _openNotional = new();
    private readonly MadeOrders _made = new();

    /// <param name="publish">Sends what lies in the feed's buffer to an account, under the message's name.</param>
    public void Write(MatchingEvent occurred, Action<AccountId, string> publish)
    {
        switch (occurred)
        {
            case OrderChanged order:
                Write(order, publish);
                break;
            case ConditionalChanged conditional:
                Write(conditional, publish);
                break;
            case AccountChanged account:
                AccountEventJson.WriteUpdate(Begin("ACCOUNT_UPDATE", account.Time), feed.Symbols, account);
                publish(account.Account, "ACCOUNT_UPDATE");
                break;
            case AccountSettingChanged { Instrument: >= 0 } setting:
                AccountEventJson.WriteSetting(Begin("ACCOUNT_CONFIG_UPDATE", setting.Time), feed.Symbols, setting);
                publish(setting.Account, "ACCOUNT_CONFIG_UPDATE");
                break;
            case MarginCalled call:
                AccountEventJson.WriteMarginCall(Begin("MARGIN_CALL", call.Time, hasTransactionTime: false), feed.Symbols, call);
                publish(call.Account, "MARGIN_CALL");
                break;
        }
    }

    public void WriteExpired(string listenKey)
    {
        var writer = feed.Buffer.Begin();
        writer.WriteStartObject();
        writer.WriteString("e"u8, Expired);
        // Only here the time is a string.
        writer.WriteString("E"u8, feed.EventTime(0).ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("listenKey"u8, listenKey);
        writer.WriteEndObject();
    }

    private void Write(OrderChanged changed, Action<AccountId, string> publish)
    {
        var order = changed.Order;
        var symbol = feed.Symbols.All[order.Request.Instrument];
        _openNotional.Observe(order);
        _made.Observe(order);
        if (changed is { Change: OrderChange.Filled, Fill: { } fill } && !order.IsLiquidation)
        {
            OrderEventJson.WriteTradeLite(Begin("TRADE_LITE", changed.Time), symbol, order, fill);
            publish(order.Account, "TRADE_LITE");
        }

        OrderEventJson.Write(Begin("ORDER_TRADE_UPDATE", changed.Time), symbol, changed, _openNotional.Of(order.Account, order.Request.Instrument));
        publish(order.Account, "ORDER_TRADE_UPDATE");
    }

    private void Write(ConditionalChanged changed, Action<AccountId, string> publish)
    {
        var order = changed.Order;
        var symbol = feed.Symbols.All[order.Request.Instrument];
        if (order.Status is ConditionalStatus.Triggered or ConditionalStatus.Rejected)
        {
            // Between waiting and its order there is a moment that Binance tells too.
            AlgoEventJson.Write(Begin("ALGO_UPDATE", changed.Time), symbol, order, "TRIGGERING", null);
            publish(order.Account, "ALGO_UPDATE");
        }

        AlgoEventJson.Write(Begin("ALGO_UPDATE", changed.Time), symbol, order, null, _made.Of(order.Id));
        publish(order.Account, "ALGO_UPDATE");
        if (order.Status == ConditionalStatus.Rejected)
        {
            AlgoEventJson.WriteReject(Begin("CONDITIONAL_ORDER_TRIGGER_REJECT", changed.Time), symbol, order);
            publish(order.Account, "CONDITIONAL_ORDER_TRIGGER_REJECT");
        }

        _made.Forget(order);
    }

    private Utf8JsonWriter Begin(string name, long time, bool hasTransactionTime = true)
    {
        var writer = feed.Buffer.Begin();
        writer.WriteStartObject();
        writer.WriteString("e"u8, name);
        writer.WriteNumber("E"u8, feed.EventTime(time));
        if (hasTransactionTime)
        {
            writer.WriteNumber("T"u8, time);
        }

        return writer;
    }
}
