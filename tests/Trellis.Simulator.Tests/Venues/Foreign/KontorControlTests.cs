using System.Net.WebSockets;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>The control API steers whatever exchange is simulated.</summary>
public sealed class KontorControlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_state_shows_the_exchange_and_who_listens()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        using var feed = await host.Client.ListenAsync("orders");

        var state = await host.ControlAsync("GET", "state");

        $"{state["instruments"]![0]!["symbol"]}".ShouldBe(KontorListings.Contract);
        (state["connections"]!["open"]!.GetValue<int>(), state["connections"]!["user_streams"]!.GetValue<int>()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_move_of_the_market_fills_what_lies_between_and_everybody_sees_the_trade()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        using var feed = await host.Client.ListenAsync("orders");
        using var tape = await host.Client.ListenAsync("tape");
        var last = await host.LastPriceAsync();
        var reference = await host.Client.PlaceAsync("ask", 5, limit: last + 500m);

        await host.PriceAsync(last + 1_000m);

        $"{(await feed.HearOrderAsync(reference, "done"))["deal"]!["price"]}".ShouldBe($"{last + 500m:0.############}");
        $"{(await tape.HearAsync())["room"]}".ShouldBe("tape");
    }

    [Fact]
    public async Task Fills_come_in_parts_of_whole_contracts()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        await host.ControlAsync("POST", "partial-fills", """{"parts":3}""");
        using var feed = await host.Client.ListenAsync("orders");
        var last = await host.LastPriceAsync();
        var reference = await host.Client.PlaceAsync("ask", 7, limit: last + 500m);
        await host.PriceAsync(last + 1_000m);

        var deals = new List<long>();
        while (deals.Sum() < 7)
        {
            var order = (await feed.HearAsync())["data"]!;
            $"{order["ref"]}".ShouldBe(reference);
            if (order["deal"] is { } deal)
            {
                deals.Add(deal["contracts"]!.GetValue<long>());
            }
        }

        deals.ShouldBe([2, 2, 2, 1]);
    }

    [Fact]
    public async Task A_halt_refuses_orders_and_lets_them_be_withdrawn()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        var reference = await host.Client.PlaceAsync("bid", 1, limit: 45_000m);

        await host.ControlAsync("POST", "halt", """{"halted":true}""");

        (await host.Client.TryPlaceAsync("bid", 1, limit: 45_000m)).Fault.ShouldBe("409 halted");
        (await host.Client.SendAsync(HttpMethod.Delete, $"/orders/{reference}")).Http.ShouldBe(200);
    }

    [Fact]
    public async Task What_lets_users_listen_ends_as_the_venue_has_it()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        using var feed = await host.Client.ListenAsync("orders");

        await host.ControlAsync("POST", "user-streams/expire");

        $"{(await feed.HearAsync())["said"]}".ShouldBe("logged-out");
        (await host.ControlAsync("GET", "state"))["connections"]!["user_streams"]!.GetValue<int>().ShouldBe(0);
        await host.ControlAsync("POST", "streams/close");
        (await feed.Socket.ReceiveAsync(new byte[200], TestContext.Current.CancellationToken)).CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
    }

    [Fact]
    public async Task In_maintenance_it_is_closed_by_its_own_word()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        await host.ControlAsync("POST", "maintenance", """{"on":true}""");
        (await host.Client.TryPlaceAsync("bid", 1)).Fault.ShouldBe("503 closed");
    }
}
