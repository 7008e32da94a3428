using System.Collections.Frozen;
using Trellis.Simulator.Venues.Binance.Endpoints;
using Trellis.Simulator.Venues.Binance.Limits;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.WebSocketApi;

/// <summary>Every method of the WebSocket API that is answered; all but the session's are the endpoints of REST.</summary>
internal static class WebSocketApiMethods
{
    private static readonly OrderCost OneOrder = new(1, 1);

    public static FrozenDictionary<string, Endpoint> All { get; } = new Dictionary<string, Endpoint>(StringComparer.Ordinal)
    {
        ["ping"] = Open(1, ServerEndpoints.Ping),
        ["time"] = Open(1, ServerEndpoints.Time),
        ["depth"] = new(Access.Open, BookEndpoints.DepthWeight, BookEndpoints.Depth),
        ["ticker.price"] = new(Access.Open, TickerEndpoints.Weight(1, 2), TickerEndpoints.Price),
        ["ticker.book"] = new(Access.Open, TickerEndpoints.Weight(2, 5), TickerEndpoints.Book),
        ["order.place"] = Trade(0, OrderEndpoints.Place) with { Orders = OneOrder },
        ["order.modify"] = Trade(1, OrderEndpoints.Amend) with { Orders = OneOrder },
        ["order.cancel"] = Trade(1, OrderEndpoints.Cancel) with { OnlyCancels = true },
        ["order.status"] = Signed(1, OrderEndpoints.Query),
        ["algoOrder.place"] = Trade(0, AlgoEndpoints.Place) with { Orders = OneOrder },
        ["algoOrder.cancel"] = Trade(1, AlgoEndpoints.CancelAndTell) with { OnlyCancels = true },
        ["account.balance"] = Signed(5, AccountEndpoints.Balance),
        ["v2/account.balance"] = Signed(5, AccountEndpoints.Balance),
        ["account.status"] = Signed(5, AccountEndpoints.AccountV2),
        ["v2/account.status"] = Signed(5, AccountEndpoints.AccountV3),
        ["account.position"] = Signed(5, AccountEndpoints.PositionsV2),
        ["v2/account.position"] = Signed(5, AccountEndpoints.PositionsV3),
        ["userDataStream.start"] = Key(5, UserStreamEndpoints.Create),
        ["userDataStream.ping"] = Key(1, UserStreamEndpoints.KeepAlive),
        ["userDataStream.stop"] = Key(1, UserStreamEndpoints.Close),
        ["session.logon"] = Key(2, SessionEndpoints.LogOn),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static Endpoint Open(int weight, Func<BinanceCall, ValueTask> handle) => new(Access.Open, Always(weight), handle);

    private static Endpoint Key(int weight, Func<BinanceCall, ValueTask> handle) => new(Access.Key, Always(weight), handle);

    private static Endpoint Signed(int weight, Func<BinanceCall, ValueTask> handle) => new(Access.Signed, Always(weight), handle);

    private static Endpoint Trade(int weight, Func<BinanceCall, ValueTask> handle) => new(Access.Trade, Always(weight), handle) { IsOrder = true };

    private static Func<Parameters, int> Always(int weight) => _ => weight;
}
