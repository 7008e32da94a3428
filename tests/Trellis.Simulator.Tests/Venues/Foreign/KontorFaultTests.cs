using System.Text.Json;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>The plan of faults that any venue gets.</summary>
public sealed class KontorFaultTests : IDisposable
{
    private const string OrderPath = KontorVenue.Prefix + "/orders";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lost_answer_leaves_an_order_that_its_tag_finds()
    {
        await using var host = await KontorHost.StartAsync(_folder, Plan("lost-answer", "\"count\":1"));

        await Should.ThrowAsync<HttpRequestException>(() => host.Client.TryPlaceAsync("bid", 1, limit: 45_000m, tag: "lost"));

        $"{(await host.Client.SendAsync(HttpMethod.Get, "/orders/lost")).Data["state"]}".ShouldBe("resting");
    }

    [Theory]
    [InlineData("overloaded", "503 busy", false)]
    [InlineData("unknown-not-executed", "504 unsure", false)]
    [InlineData("unknown-executed", "504 unsure", true)]
    public async Task A_server_error_has_the_venues_own_shape(string kind, string fault, bool isThere)
    {
        await using var host = await KontorHost.StartAsync(_folder, Plan(kind, "\"count\":1"));

        (await host.Client.TryPlaceAsync("bid", 1, limit: 45_000m, tag: "met")).Fault.ShouldBe(fault);

        (await host.Client.SendAsync(HttpMethod.Get, "/orders/met")).Http.ShouldBe(isThere ? 200 : 404);
    }

    [Fact]
    public async Task A_broken_connection_before_the_order_changes_nothing()
    {
        await using var host = await KontorHost.StartAsync(_folder, Plan("disconnect", "\"count\":1"));

        await Should.ThrowAsync<HttpRequestException>(() => host.Client.TryPlaceAsync("bid", 1, limit: 45_000m, tag: "never"));

        (await host.Client.SendAsync(HttpMethod.Get, "/orders/never")).Fault.ShouldBe("404 unknown");
    }

    [Fact]
    public async Task An_answer_is_late_when_the_order_has_long_been_taken()
    {
        await using var host = await KontorHost.StartAsync(_folder, Plan("delay-answer", "\"milliseconds\":60000, \"count\":1"));
        using var feed = await host.Client.ListenAsync("orders");

        var answer = host.Client.TryPlaceAsync("bid", 1, limit: 45_000m, tag: "late");

        $"{(await feed.HearAsync())["data"]!["tag"]}".ShouldBe("late");
        answer.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_garbled_answer_is_no_JSON()
    {
        await using var host = await KontorHost.StartAsync(_folder, Plan("garbled-answer", "\"count\":1"));
        await Should.ThrowAsync<JsonException>(() => host.Client.TryPlaceAsync("bid", 1, limit: 45_000m));
    }

    [Fact]
    public async Task A_silent_feed_says_nothing_until_the_fault_is_taken_out()
    {
        await using var host = await KontorHost.StartAsync(_folder, """{"faults":[{"id":"hush","kind":"silent-streams","streams":"user"}]}""");
        using var feed = await host.Client.ListenAsync("orders");
        await host.Client.PlaceAsync("bid", 1, limit: 45_000m, tag: "unheard");
        $"{(await host.Client.SendAsync(HttpMethod.Get, "/orders/unheard")).Data["state"]}".ShouldBe("resting");

        await host.ControlAsync("DELETE", "faults/hush");
        await host.Client.PlaceAsync("bid", 1, limit: 45_000m, tag: "heard");

        $"{(await feed.HearAsync())["data"]!["tag"]}".ShouldBe("heard");
    }

    [Fact]
    public async Task Messages_are_dropped_and_repeated_by_the_venues_own_names()
    {
        await using var host = await KontorHost.StartAsync(_folder, """
            {"faults":[
              {"kind":"drop-message","match":{"event":"orders"},"count":1},
              {"kind":"duplicate-message","match":{"event":"orders"},"count":1}
            ]}
            """);
        using var feed = await host.Client.ListenAsync("orders");
        foreach (var tag in new[] { "dropped", "twice", "once" })
        {
            await host.Client.PlaceAsync("bid", 1, limit: 45_000m, tag: tag);
        }

        foreach (var tag in new[] { "twice", "twice", "once" })
        {
            $"{(await feed.HearAsync())["data"]!["tag"]}".ShouldBe(tag);
        }
    }

    private static string Plan(string kind, string more) => $$"""{"faults":[{"kind":"{{kind}}","match":{"method":"POST","path":"{{OrderPath}}"},{{more}}}]}""";
}
