using System.Globalization;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>One order at a time.</summary>
internal static class OrderEndpoints
{
    public static async ValueTask Place(BinanceCall call)
    {
        var (symbol, order) = await OrderActions.PlaceAsync(call, call.Parameters);
        OrderJson.Write(call.Answer, symbol, order, OrderShape.Action);
    }

    /// <summary>Judges an order as if it were placed, on a copy of the exchange that is thrown away.</summary>
    public static ValueTask Test(BinanceCall call)
    {
        var symbol = call.Symbol();
        var request = OrderReader.Read(call.Services, symbol, call.Parameters);
        OrderReader.WantsAcknowledgementOnly(call.Parameters);
        OrderActions.RefuseFlagInHedgeMode(call, call.Parameters);
        if (request.Type == OrderType.Market)
        {
            OrderActions.RefuseOutsideOfBand(call, request);
        }

        var account = call.Account;
        var (settings, state) = call.Services.Exchange.Read(static engine => (engine.Settings, engine.Capture()));
        var copy = MatchingEngine.Restore(settings, state);
        var time = copy.Time;
        var outcome = copy.Apply(new PlaceOrder(time, account, request));
        OrderActions.Value(call, symbol, outcome, RefusedAction.Place, request.Type == OrderType.Market);
        OrderJson.Write(call.Answer, symbol, new Order { Id = 0, Account = account, Request = request, CreatedAt = time, UpdatedAt = time }, OrderShape.Action);
        return ValueTask.CompletedTask;
    }

    public static async ValueTask Amend(BinanceCall call)
    {
        var (symbol, order) = await OrderActions.AmendAsync(call, call.Parameters);
        OrderJson.Write(call.Answer, symbol, order, OrderShape.Amendment);
    }

    public static async ValueTask Cancel(BinanceCall call)
    {
        var (symbol, order) = await OrderActions.CancelAsync(call, call.Parameters);
        OrderJson.Write(call.Answer, symbol, order, OrderShape.Action);
    }

    public static async ValueTask CancelAll(BinanceCall call)
    {
        var symbol = call.Symbol();
        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<object>(time => new CancelAllOrders(time, account, symbol.Instrument));
        OrderActions.Value(call, symbol, outcome, RefusedAction.Cancel, isMarket: false);
        ServerEndpoints.WriteDone(call, "The operation of cancel all open order is done.");
    }

    public static async ValueTask Countdown(BinanceCall call)
    {
        var symbol = call.Symbol();
        var countdown = call.Parameters.RequiredLong("countdownTime");
        if (countdown is < 0 or > int.MaxValue)
        {
            throw new RequestRefusedException(RequestErrors.Invalid("countdownTime"));
        }

        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<object>(time =>
            new SetCountdown(time, account, symbol.Instrument, countdown == 0 ? 0 : time + countdown));
        OrderActions.Value(call, symbol, outcome, RefusedAction.Cancel, isMarket: false);
        call.Answer.WriteStartObject();
        call.Answer.WriteString("symbol"u8, symbol.Name);
        call.Answer.WriteString("countdownTime"u8, countdown.ToString(CultureInfo.InvariantCulture));
        call.Answer.WriteEndObject();
    }

    public static ValueTask Query(BinanceCall call) => QueryAsync(call, onlyOpen: false);

    public static ValueTask QueryOpen(BinanceCall call) => QueryAsync(call, onlyOpen: true);

    private static async ValueTask QueryAsync(BinanceCall call, bool onlyOpen)
    {
        var symbol = call.Symbol();
        var reference = OrderActions.Reference(symbol, call.Parameters);
        var account = call.Account;
        var order = await call.Services.Exchange.ReadAsync(engine => engine.FindOrder(account, reference));
        if (order is null || (onlyOpen && !order.IsOpen))
        {
            throw new RequestRefusedException(RequestErrors.NoSuchOrder);
        }

        OrderJson.Write(call.Answer, symbol, order, OrderShape.Query);
    }
}
