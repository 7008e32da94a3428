using System.Text.Json;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Several orders in one request: each has its own answer, an order or <c>{"code","msg"}</c>, in an array.</summary>
internal static class BatchEndpoints
{
    private const int MostPlaced = 5;
    private const int MostCanceled = 10;
    private const string Orders = "batchOrders";

    public static ValueTask Place(BinanceCall call) => EachAsync(call, OrderActions.PlaceAsync, OrderShape.Action);

    public static ValueTask Amend(BinanceCall call) => EachAsync(call, OrderActions.AmendAsync, OrderShape.Amendment);

    public static async ValueTask Cancel(BinanceCall call)
    {
        var symbol = call.Symbol();
        var references = ReadReferences(symbol, call.Parameters);
        if (references.Count is 0 or > MostCanceled)
        {
            throw new RequestRefusedException(RequestErrors.CancelBatchSize);
        }

        call.Answer.WriteStartArray();
        foreach (var reference in references)
        {
            await OneAsync(call, () => OrderActions.CancelAsync(call, symbol, reference), OrderShape.Action);
        }

        call.Answer.WriteEndArray();
    }

    private static async ValueTask EachAsync(BinanceCall call, Func<BinanceCall, Parameters, ValueTask<(BinanceSymbol, Order)>> act, OrderShape shape)
    {
        var orders = ReadOrders(call.Parameters.Required(Orders));
        call.Answer.WriteStartArray();
        foreach (var order in orders)
        {
            await OneAsync(call, () => act(call, order), shape);
        }

        call.Answer.WriteEndArray();
    }

    private static async ValueTask OneAsync(BinanceCall call, Func<ValueTask<(BinanceSymbol, Order)>> act, OrderShape shape)
    {
        try
        {
            var (symbol, order) = await act();
            OrderJson.Write(call.Answer, symbol, order, shape);
        }
        catch (RequestRefusedException refused)
        {
            ErrorJson.Write(call.Answer, refused.Error);
        }
    }

    private static List<Parameters> ReadOrders(string json)
    {
        using var document = ReadArray(Orders, json);
        var orders = document.RootElement;
        if (orders.GetArrayLength() is 0 or > MostPlaced)
        {
            throw new RequestRefusedException(RequestErrors.BatchSize);
        }

        return [.. orders.EnumerateArray().Select(order => ScalarObject.Read(order) ?? throw new RequestRefusedException(RequestErrors.Invalid(Orders)))];
    }

    private static List<OrderReference> ReadReferences(BinanceSymbol symbol, Parameters parameters)
    {
        var (name, isId) = parameters.Has("orderIdList") ? ("orderIdList", true)
            : parameters.Has("origClientOrderIdList") ? ("origClientOrderIdList", false)
            : throw new RequestRefusedException(RequestErrors.OneOf("orderIdList", "origClientOrderIdList"));
        using var document = ReadArray(name, parameters.Required(name));
        return [.. document.RootElement.EnumerateArray().Select(item => Reference(symbol, name, item, isId))];
    }

    private static OrderReference Reference(BinanceSymbol symbol, string name, JsonElement item, bool isId)
    {
        if (isId)
        {
            var isNumber = item.ValueKind == JsonValueKind.Number
                ? item.TryGetInt64(out var id)
                : long.TryParse(ScalarObject.Text(item), out id);
            return isNumber && id > 0 ? new OrderReference(symbol.Instrument, id, "") : throw new RequestRefusedException(RequestErrors.Invalid(name));
        }

        return ScalarObject.Text(item) is { Length: > 0 } text && item.ValueKind == JsonValueKind.String
            ? new OrderReference(symbol.Instrument, 0, text)
            : throw new RequestRefusedException(RequestErrors.Invalid(name));
    }

    private static JsonDocument ReadArray(string name, string json)
    {
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Said below, as for any other value that is no list.
        }

        throw new RequestRefusedException(RequestErrors.Invalid(name));
    }
}
