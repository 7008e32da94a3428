using Trellis.Core.Markets;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>What only happens after hours.</summary>
public sealed class LongLifeTests
{
    private const string ListenKey = "/fapi/v1/listenKey";

    private readonly ShiftedTime _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_listen_key_is_renewed_before_its_hour_is_over()
    {
        await using var script = await StartAsync();
        var record = new UserRecord();
        await using var running = Run(ending => script.Adapter.RunUserStreamAsync([ScriptedBinance.Bitcoin], record, ending));
        await Wait.UntilAsync(() => record.Restorations == 1, "the stream flows");

        _time.Pass(TimeSpan.FromMinutes(21));
        await Wait.UntilAsync(() => script.CountOf($"PUT {ListenKey}") == 1, "the key is renewed");

        record.Losses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listen_key_that_is_not_known_any_more_is_made_anew()
    {
        await using var script = await StartAsync();
        var record = new UserRecord();
        await using var running = Run(ending => script.Adapter.RunUserStreamAsync([ScriptedBinance.Bitcoin], record, ending));
        await Wait.UntilAsync(() => record.Restorations == 1, "the stream flows");
        script.Says($"PUT {ListenKey}", """{"code":-1125,"msg":"This listenKey does not exist."}""", 400);

        _time.Pass(TimeSpan.FromMinutes(21));
        await Wait.UntilAsync(() => record.Restorations == 2, "the stream is back");

        record.Losses.ShouldHaveSingleItem().ShouldContain("no longer knows the listen key");
        script.CountOf($"POST {ListenKey}").ShouldBe(2);
    }

    [Fact]
    public async Task Connections_are_renewed_before_the_exchange_ends_them()
    {
        await using var script = await StartAsync();
        var record = new UserRecord();
        await using var running = Run(ending => script.Adapter.RunUserStreamAsync([ScriptedBinance.Bitcoin], record, ending));
        await Wait.UntilAsync(() => record.Restorations == 1, "the stream flows");

        _time.Pass(TimeSpan.FromHours(23.5));
        await Wait.UntilAsync(() => record.Restorations == 2, "the stream is back");

        record.Losses.ShouldHaveSingleItem().ShouldContain("renewed before the exchange ends it");
    }

    [Fact]
    public async Task Spot_instruments_are_refused_before_anything_is_sent()
    {
        await using var script = await StartAsync();
        var spot = new InstrumentId("binance", MarketKind.Spot, "BTCUSDT");

        var refused = await Should.ThrowAsync<Core.ConfigurationException>(() => script.Adapter.Trading.PlaceAsync(spot, ScriptedBinance.Order, Cancelled));

        refused.Message.ShouldContain("binance/spot/BTCUSDT");
        script.Requests.ShouldBeEmpty();
    }

    private async Task<ScriptedBinance> StartAsync()
    {
        var script = await ScriptedBinance.StartAsync(time: _time);
        script.Says($"POST {ListenKey}", """{"listenKey":"abc"}""");
        script.Says($"PUT {ListenKey}", """{"listenKey":"abc"}""");
        script.Streams("/private/ws");
        return script;
    }

    private static Running Run(Func<CancellationToken, Task> stream) => new(stream);

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        private readonly Task _running;

        public Running(Func<CancellationToken, Task> stream) => _running = stream(_ending.Token);

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => _running);
            _ending.Dispose();
        }
    }
}
