using System.Globalization;
using System.Text.Json.Nodes;

namespace Trellis.Simulator.Tests.Venues.Foreign;

public sealed class KontorOrderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_order_is_only_acknowledged_and_its_fill_comes_by_the_feed()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        using var feed = await host.Client.ListenAsync("orders");

        var answer = await host.Client.TryPlaceAsync("bid", 7, tag: "first");

        ((JsonObject)answer.Data).Select(member => member.Key).ShouldBe(["ref"]);
        var reference = $"{answer.Data["ref"]}";
        reference.Length.ShouldBe(32);
        reference.ShouldAllBe(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character));
        var filled = await feed.HearOrderAsync(reference, "done");
        (filled["contracts"]!.GetValue<long>(), filled["done"]!.GetValue<long>(), $"{filled["tag"]}", $"{filled["way"]}").ShouldBe((7, 7, "first", "bid"));
        var queried = (await host.Client.SendAsync(HttpMethod.Get, $"/orders/{reference}")).Data;
        ($"{queried["state"]}", queried["done"]!.GetValue<long>()).ShouldBe(("done", 7));
    }

    [Fact]
    public async Task Contracts_are_worth_what_their_size_says()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        using var feed = await host.Client.ListenAsync("orders");

        var filled = await feed.HearOrderAsync(await host.Client.PlaceAsync("bid", 1), "done");

        var price = Number(filled["deal"]!["price"]);
        Number(filled["deal"]!["cost"]).ShouldBe(price * KontorListings.ContractSize * KontorListings.TakerFee);
        var position = (await host.Client.SendAsync(HttpMethod.Get, "/positions")).Data[0]!;
        ($"{position["holds"]}", position["contracts"]!.GetValue<long>(), Number(position["entry"])).ShouldBe(("bid", 1, price));
        var account = await host.ControlAsync("GET", "accounts/main");
        Number(position["value"]).ShouldBe(KontorListings.ContractSize * account["positions"]![0]!["mark_price"]!.GetValue<decimal>());
        account["initial_margin"]!.GetValue<decimal>().ShouldBe(Number(position["value"]) / 10m, 0.01m);
    }

    [Fact]
    public async Task An_order_rests_is_found_by_reference_and_tag_and_is_withdrawn()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        var tag = new string('Z', 32);
        var reference = await host.Client.PlaceAsync("bid", 3, limit: 45_000.5m, tag: tag);
        foreach (var name in new[] { reference, tag })
        {
            $"{(await host.Client.SendAsync(HttpMethod.Get, $"/orders/{name}")).Data["state"]}".ShouldBe("resting");
        }

        (await host.Client.SendAsync(HttpMethod.Delete, $"/orders/{reference}")).Http.ShouldBe(200);

        $"{(await host.Client.SendAsync(HttpMethod.Get, $"/orders/{reference}")).Data["state"]}".ShouldBe("withdrawn");
        (await host.Client.SendAsync(HttpMethod.Delete, $"/orders/{reference}")).Fault.ShouldBe("404 unknown");
    }

    [Fact]
    public async Task An_order_without_a_tag_has_none()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        var reference = await host.Client.PlaceAsync("ask", 1, limit: 55_000m);
        (await host.Client.SendAsync(HttpMethod.Get, $"/orders/{reference}")).Data["tag"].ShouldBeNull();
    }

    [Fact]
    public async Task Every_error_has_its_word()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        (await host.Client.TryPlaceAsync("bid", 0.5m)).Fault.ShouldBe("400 whole-contracts");
        (await host.Client.TryPlaceAsync("bid", 9_000)).Fault.ShouldBe("409 short-of-margin");
        (await host.Client.TryPlaceAsync("BUY", 1)).Fault.ShouldBe("400 malformed");
        (await host.Client.TryPlaceAsync("bid", 1, limit: 45_000m, tag: "with-hyphen")).Fault.ShouldBe("400 malformed");
        (await host.Client.TryPlaceAsync("bid", 1, limit: 45_000m, tag: new string('Z', 33))).Fault.ShouldBe("400 malformed");
        (await host.Client.SendAsync(HttpMethod.Post, "/orders", "[")).Fault.ShouldBe("400 malformed");
        (await host.Client.SendAsync(HttpMethod.Get, "/nothing")).Fault.ShouldBe("404 unknown");
        (await host.Client.SendAsync(HttpMethod.Get, "/positions", sign: "wrong")).Fault.ShouldBe("401 stranger");
    }

    [Fact]
    public async Task A_tag_names_one_order_for_ever_but_is_free_where_its_order_was_refused()
    {
        await using var host = await KontorHost.StartAsync(_folder);
        (await host.Client.TryPlaceAsync("bid", 9_000, tag: "again")).Fault.ShouldBe("409 short-of-margin");
        var reference = await host.Client.PlaceAsync("bid", 1, limit: 45_000m, tag: "again");
        await host.Client.SendAsync(HttpMethod.Delete, $"/orders/{reference}");

        (await host.Client.TryPlaceAsync("bid", 1, limit: 45_000m, tag: "again")).Fault.ShouldBe("409 tag-used");
    }

    private static decimal Number(JsonNode? node) => decimal.Parse($"{node}", CultureInfo.InvariantCulture);
}
