using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.Trading;

/// <summary>Says orders in Binance's parameters.</summary>
internal static class OrderRequests
{
    private static readonly (int TenSeconds, int Minute) OneOrder = (1, 1);

    public static bool IsConditional(OrderIntent intent) => intent.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove;

    public static RequestSpec Place(InstrumentId instrument, OrderIntent intent) => IsConditional(intent)
        ? new RequestSpec(HttpMethod.Post, "/fapi/v1/algoOrder", 0, Access.Signature, Purpose.Order) { Orders = OneOrder, Parameters = Conditional(instrument, intent) }
        : new RequestSpec(HttpMethod.Post, "/fapi/v1/order", 0, Access.Signature, Purpose.Order) { Orders = OneOrder, Parameters = Order(Add(new RequestParameters(), instrument, intent)) };

    /// <summary>Several orders that are not conditional.</summary>
    public static RequestSpec Batch(IEnumerable<(InstrumentId Instrument, OrderIntent Intent)> orders)
    {
        // An array of objects whose values are texts; none of ours needs escaping.
        var objects = orders.Select(order => "{" + string.Join(',', Pairs(order.Instrument, order.Intent).Select(pair => $"\"{pair.Name}\":\"{pair.Value}\"")) + "}");
        return new RequestSpec(HttpMethod.Post, "/fapi/v1/batchOrders", 5, Access.Signature, Purpose.Order)
        {
            Orders = (5, 1),
            Parameters = new RequestParameters().Add("batchOrders", $"[{string.Join(',', objects)}]"),
        };
    }

    public static RequestSpec Amend(InstrumentId instrument, string clientOrderId, decimal price, decimal quantity, Side side) =>
        new(HttpMethod.Put, "/fapi/v1/order", 1, Access.Signature, Purpose.Order)
        {
            Orders = OneOrder,
            Parameters = new RequestParameters()
                .Add("symbol", Words.SymbolOf(instrument)).Add("origClientOrderId", clientOrderId).Add("side", Words.Of(side)).Add("quantity", quantity).Add("price", price),
        };

    public static RequestSpec Cancel(InstrumentId instrument, string clientOrderId, bool isConditional) => isConditional
        ? new RequestSpec(HttpMethod.Delete, "/fapi/v1/algoOrder", 1, Access.Signature, Purpose.Cancel) { Parameters = new RequestParameters().Add("clientAlgoId", clientOrderId) }
        : new RequestSpec(HttpMethod.Delete, "/fapi/v1/order", 1, Access.Signature, Purpose.Cancel) { Parameters = Named(instrument, clientOrderId) };

    public static RequestSpec Find(InstrumentId instrument, string clientOrderId, bool isConditional) => isConditional
        ? new RequestSpec(HttpMethod.Get, "/fapi/v1/algoOrder", 1, Access.Signature, Purpose.Read) { Parameters = new RequestParameters().Add("clientAlgoId", clientOrderId) }
        : new RequestSpec(HttpMethod.Get, "/fapi/v1/order", 1, Access.Signature, Purpose.Read) { Parameters = Named(instrument, clientOrderId) };

    public static RequestSpec FindById(InstrumentId instrument, string orderId) =>
        new(HttpMethod.Get, "/fapi/v1/order", 1, Access.Signature, Purpose.Read) { Parameters = new RequestParameters().Add("symbol", Words.SymbolOf(instrument)).Add("orderId", orderId) };

    public static RequestSpec CancelAll(InstrumentId instrument, bool conditional) =>
        new(HttpMethod.Delete, conditional ? "/fapi/v1/algoOpenOrders" : "/fapi/v1/allOpenOrders", 1, Access.Signature, Purpose.Cancel) { Parameters = new RequestParameters().Add("symbol", Words.SymbolOf(instrument)) };

    private static RequestParameters Named(InstrumentId instrument, string clientOrderId) =>
        new RequestParameters().Add("symbol", Words.SymbolOf(instrument)).Add("origClientOrderId", clientOrderId);

    private static RequestParameters Add(RequestParameters parameters, InstrumentId instrument, OrderIntent intent)
    {
        foreach (var (name, value) in Pairs(instrument, intent))
        {
            parameters.Add(name, value);
        }

        return parameters;
    }

    // The result, not just the receipt: a market order's answer then says what was filled.
    private static RequestParameters Order(RequestParameters parameters) => parameters.Add("newOrderRespType", "RESULT");

    private static IEnumerable<(string Name, string Value)> Pairs(InstrumentId instrument, OrderIntent intent)
    {
        yield return ("symbol", Words.SymbolOf(instrument));
        yield return ("side", Words.Of(intent.Side));
        if (intent.Kind == OrderKind.Limit)
        {
            yield return ("type", "LIMIT");
            yield return ("timeInForce", intent.PostOnly ? "GTX" : "GTC");
            yield return ("price", RequestParameters.Plain(intent.Price));
        }
        else
        {
            yield return ("type", "MARKET");
        }

        yield return ("quantity", RequestParameters.Plain(intent.Quantity));
        yield return ("newClientOrderId", intent.ClientOrderId);
        foreach (var pair in Reduction(intent))
        {
            yield return pair;
        }
    }

    /// <summary>In hedge mode the position's side says what is closed, and reduce-only is refused.</summary>
    private static IEnumerable<(string Name, string Value)> Reduction(OrderIntent intent)
    {
        if (intent.PositionSide != PositionSide.Net)
        {
            yield return ("positionSide", Words.Of(intent.PositionSide));
        }
        else if (intent.ReduceOnly || intent.ClosePosition)
        {
            yield return ("reduceOnly", "true");
        }
    }

    private static RequestParameters Conditional(InstrumentId instrument, OrderIntent intent)
    {
        var parameters = new RequestParameters()
            .Add("algoType", "CONDITIONAL")
            .Add("symbol", Words.SymbolOf(instrument))
            .Add("side", Words.Of(intent.Side))
            .Add("type", Words.TriggerType(intent.Side, intent.Kind))
            .Add("triggerPrice", intent.TriggerPrice)
            .Add("workingType", "CONTRACT_PRICE")
            .Add("clientAlgoId", intent.ClientOrderId);
        if (intent.ClosePosition)
        {
            parameters.Add("closePosition", "true");
            return intent.PositionSide == PositionSide.Net ? parameters : parameters.Add("positionSide", Words.Of(intent.PositionSide));
        }

        return Reduction(intent).Aggregate(parameters.Add("quantity", intent.Quantity), static (all, pair) => all.Add(pair.Name, pair.Value));
    }
}
