using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Conditional orders, which Binance calls algo orders.</summary>
internal static class AlgoEndpoints
{
    public static async ValueTask Place(BinanceCall call)
    {
        var symbol = call.Symbol();
        var request = OrderReader.ReadConditional(call.Services, symbol, call.Parameters);
        OrderReader.WantsAcknowledgementOnly(call.Parameters);
        OrderActions.RefuseFlagInHedgeMode(call, call.Parameters);
        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<ConditionalOrder>(time => new PlaceOrder(time, account, request));
        var order = OrderActions.Value(call, symbol, outcome, RefusedAction.Place, isMarket: false);
        AlgoOrderJson.Write(call.Answer, symbol, order, null, isQuery: false);
    }

    public static ValueTask Cancel(BinanceCall call) => CancelAsync(call, isDone: true);

    /// <summary>The WebSocket API tells the cancelled order and nothing else.</summary>
    public static ValueTask CancelAndTell(BinanceCall call) => CancelAsync(call, isDone: false);

    public static async ValueTask CancelAll(BinanceCall call)
    {
        var symbol = call.Symbol();
        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<object>(time => new CancelAllConditionals(time, account, symbol.Instrument));
        OrderActions.Value(call, symbol, outcome, RefusedAction.Cancel, isMarket: false);
        ServerEndpoints.WriteDone(call, "The operation of cancel all open order is done.");
    }

    public static async ValueTask Query(BinanceCall call)
    {
        var (id, clientId) = Reference(call.Parameters);
        var account = call.Account;
        var (order, made) = await call.Services.Exchange.ReadAsync(engine =>
        {
            var found = engine.FindConditional(account, id, clientId);
            return (found, found is null ? null : engine.FindOrder(account, Made(found)));
        });
        if (order is null)
        {
            throw new RequestRefusedException(RequestErrors.NoSuchOrder);
        }

        AlgoOrderJson.Write(call.Answer, call.Services.Symbols.All[order.Request.Instrument], order, made, isQuery: true);
    }

    public static async ValueTask ListOpen(BinanceCall call)
    {
        var instrument = call.OptionalSymbol()?.Instrument ?? -1;
        var account = call.Account;
        var orders = await call.Services.Exchange.ReadAsync(engine => engine.OpenConditionals(account, instrument));
        call.Answer.WriteStartArray();
        foreach (var order in orders)
        {
            AlgoOrderJson.Write(call.Answer, call.Services.Symbols.All[order.Request.Instrument], order, null, isQuery: true);
        }

        call.Answer.WriteEndArray();
    }

    public static async ValueTask ListAll(BinanceCall call)
    {
        var symbol = call.Symbol();
        var page = HistoryPage.Read(call.Parameters, usual: 500, most: 1000);
        var firstId = call.Parameters.OptionalLong("algoId");
        var account = call.Account;
        var orders = await call.Services.Exchange.ReadAsync(engine => page
            .Take(engine.Conditionals(account, symbol.Instrument), order => order.CreatedAt, order => order.Id, firstId)
            .Select(order => (Order: order, Made: engine.FindOrder(account, Made(order))))
            .ToList());
        call.Answer.WriteStartArray();
        foreach (var (order, made) in orders)
        {
            AlgoOrderJson.Write(call.Answer, symbol, order, made, isQuery: true);
        }

        call.Answer.WriteEndArray();
    }

    private static async ValueTask CancelAsync(BinanceCall call, bool isDone)
    {
        var (id, clientId) = Reference(call.Parameters);
        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<ConditionalOrder>(time => new CancelConditional(time, account, id, clientId));
        var order = OrderActions.Value(call, call.Services.Symbols.All[0], outcome, RefusedAction.Cancel, isMarket: false);
        AlgoOrderJson.Write(call.Answer, call.Services.Symbols.All[order.Request.Instrument], order, null, isQuery: false, isDone);
    }

    /// <summary>The order that a conditional order became; a reference to none before it triggered.</summary>
    private static OrderReference Made(ConditionalOrder order) =>
        new(order.Request.Instrument, order.OrderId == 0 ? long.MaxValue : order.OrderId, "");

    private static (long Id, string ClientId) Reference(Parameters parameters)
    {
        if (parameters.OptionalLong("algoId") is { } id)
        {
            return (id < 1 ? long.MaxValue : id, "");
        }

        return parameters.Optional("clientAlgoId") is { } clientId
            ? (0, clientId)
            : throw new RequestRefusedException(RequestErrors.OneOf("algoId", "clientAlgoId"));
    }
}
