namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>What is on disk at an instant is what a kill at that instant leaves behind: the file is copied while the exchange runs.</summary>
public sealed class KontorKeepingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Orders_positions_and_the_venues_own_memory_outlive_a_kill()
    {
        var (running, left) = (_folder.PathOf("running.state"), _folder.PathOf("left.state"));
        string resting;
        await using (var host = await KontorHost.StartAsync(_folder, stateFile: running))
        {
            using var feed = await host.Client.ListenAsync("orders");
            await feed.HearOrderAsync(await host.Client.PlaceAsync("bid", 4, tag: "taken"), "done");
            resting = await host.Client.PlaceAsync("bid", 2, limit: 45_000m, tag: "rests");

            File.Copy(running, left);
        }

        await using var restored = await KontorHost.StartAsync(_folder, stateFile: left);

        var order = (await restored.Client.SendAsync(HttpMethod.Get, "/orders/rests")).Data;
        ($"{order["ref"]}", $"{order["state"]}").ShouldBe((resting, "resting"));
        (await restored.Client.SendAsync(HttpMethod.Get, "/positions")).Data[0]!["contracts"]!.GetValue<long>().ShouldBe(4);
        (await restored.Client.TryPlaceAsync("bid", 1, limit: 45_000m, tag: "taken")).Fault.ShouldBe("409 tag-used");
        using var again = await restored.Client.ListenAsync("orders");
        await restored.PriceAsync(44_000m);
        (await again.HearOrderAsync(resting, "done"))["deal"]!["rested"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task What_crosses_the_wire_is_recorded_without_its_secrets()
    {
        var record = _folder.PathOf("wire.jsonl");
        await using (var host = await KontorHost.StartAsync(_folder, recordFile: record))
        {
            using var feed = await host.Client.ListenAsync("orders");
            await feed.HearOrderAsync(await host.Client.PlaceAsync("bid", 1), "done");
        }

        var text = await File.ReadAllTextAsync(record, TestContext.Current.CancellationToken);
        text.ShouldContain("logged-in");
        text.ShouldContain("key-of-main");
        text.ShouldNotContain("kontor-secret");
        text.ShouldNotContain("kontor-pass");
    }
}
