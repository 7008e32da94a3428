using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Venues.Binance;

namespace Trellis.Simulator.Tests.Venues.Binance;

public sealed class ListenKeyTests
{
    private static readonly AccountId Mine = new(1);
    private static readonly AccountId Other = new(2);

    [Fact]
    public void A_key_lives_an_hour_after_it_was_made_or_kept_alive()
    {
        var time = new ManualTime();
        var keys = new ListenKeys(time, 1);
        var ended = new List<(string, bool)>();
        keys.OnEnded((key, expired) => ended.Add((key.Key, expired)));
        var key = keys.Create(Mine).Key;
        key.Length.ShouldBe(64);

        time.Advance(TimeSpan.FromMinutes(59));
        keys.Create(Mine).Key.ShouldBe(key);
        time.Advance(TimeSpan.FromMinutes(59));
        keys.KeepAlive(Mine)!.Key.ShouldBe(key);
        time.Advance(TimeSpan.FromMinutes(59));
        keys.Find(key)!.Account.ShouldBe(Mine);
        time.Advance(TimeSpan.FromMinutes(1));

        keys.Find(key).ShouldBeNull();
        keys.KeepAlive(Mine).ShouldBeNull();
        ended.ShouldBe([(key, true)]);
        keys.Create(Mine).Key.ShouldNotBe(key, StringComparer.Ordinal);
    }

    [Fact]
    public void A_key_that_is_closed_is_gone()
    {
        var keys = new ListenKeys(new ManualTime(), 1);
        var ended = new List<(string, bool)>();
        keys.OnEnded((key, expired) => ended.Add((key.Key, expired)));
        var mine = keys.Create(Mine).Key;
        var other = keys.Create(Other).Key;

        keys.Close(Mine).ShouldBeTrue();
        keys.Close(Mine).ShouldBeFalse();
        keys.Find(other).ShouldNotBeNull();
        keys.ExpireAll();

        keys.Find(other).ShouldBeNull();
        ended.ShouldBe([(mine, false), (other, true)]);
    }

    [Fact]
    public void Keys_survive_a_kill_with_what_is_left_of_their_life()
    {
        var time = new ManualTime();
        var keys = new ListenKeys(time, 1);
        var key = keys.Create(Mine).Key;
        time.Advance(TimeSpan.FromMinutes(30));

        var restored = new ListenKeys(time, 2);
        restored.Restore(keys.Capture() + "broken line\n3 x y\n-1 5 z\n4 99999999999999999 z\n");

        restored.Find(key)!.Account.ShouldBe(Mine);
        restored.Capture().ShouldBe(keys.Capture());
        time.Advance(TimeSpan.FromMinutes(30));
        restored.Find(key).ShouldBeNull();
    }

    [Fact]
    public async Task The_wire_makes_keeps_and_closes_a_key()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.KeyedAsync(HttpMethod.Put, "/fapi/v1/listenKey")).ShouldBeRefused(400, -1125);
        var key = (await host.Trader.KeyedAsync(HttpMethod.Post, "/fapi/v1/listenKey")).Done()["listenKey"];
        (await host.Trader.KeyedAsync(HttpMethod.Put, "/fapi/v1/listenKey")).Done()["listenKey"].ShouldBe(key);
        host.Venue.CaptureState().ShouldContain(key);
        (await host.Trader.KeyedAsync(HttpMethod.Delete, "/fapi/v1/listenKey")).Done().Text.ShouldBe("{}");
        (await host.Trader.KeyedAsync(HttpMethod.Delete, "/fapi/v1/listenKey")).ShouldBeRefused(400, -1125);
        host.Venue.CaptureState().ShouldBeEmpty();
    }
}
