using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Data.Import;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets;

namespace Trellis.Simulator.Tests.Markets;

/// <summary>What is replayed is seen again by clients, digit for digit.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("max", FillRule.Book)]
    [InlineData("step", FillRule.Book)]
    [InlineData("1x", FillRule.Book)]
    [InlineData("60x", FillRule.Book)]
    [InlineData("5000x", FillRule.Book)]
    [InlineData("max", FillRule.Candle)]
    [InlineData("step", FillRule.Candle)]
    [InlineData("1x", FillRule.Candle)]
    public async Task Klines_equal_the_replayed_candles_in_every_field_at_every_speed(string speed, FillRule rule)
    {
        using var folder = new TemporaryFolder();
        var candles = Candles.Random(seed: 7, count: 120, holes: 0.1);
        var options = SomeMarket.Options with
        {
            Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(candles))],
            Speed = MarketSpeed.Parse(speed),
            FillRule = rule,
            HistoryMinutes = 50,
            QuietMilliseconds = 1,
        };
        await using var bench = new MarketBench(options, new LeapingTime(), new FakeActivity { UserStreams = 1 });

        await bench.RunToEndAsync();

        ShouldEqual(bench, 0, candles);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    public async Task Two_instruments_replay_side_by_side(int seed)
    {
        using var folder = new TemporaryFolder();
        var first = Candles.Random(seed, 90, holes: 0.05);
        var second = Candles.Random(seed + 1, 90, tick: 0.01m, holes: 0.05);
        var options = SomeMarket.Options with
        {
            Data = [folder.Write("BTCUSDT-1m.csv", Candles.ToCsv(first)), $"ETHUSDT={folder.Write("other.csv", Candles.ToCsv(second))}"],
            Speed = MarketSpeed.Max,
            HistoryMinutes = 10,
        };
        await using var bench = new MarketBench(options, TimeProvider.System);

        await bench.RunToEndAsync();

        ShouldEqual(bench, 0, first);
        ShouldEqual(bench, 1, second);
    }

    [Theory]
    [InlineData("binance_perp_BTCUSDT_1m.csv.gz", "BTCUSDT", 1_000)]
    [InlineData("binance_perp_ETHUSDT_1m.csv.gz", "ETHUSDT", 90_000)]
    [InlineData("binance_perp_SOLUSDT_1m.csv.gz", "SOLUSDT", 500)]
    [InlineData("binance_perp_SOLUSDT_1m.csv.gz", "SOLUSDT", 115_000)]
    [InlineData("binance_perp_XRPUSDT_1m.csv.gz", "XRPUSDT", 60_000)]
    [InlineData("binance_spot_BTCUSDT_1m.csv.gz", "BTCUSDT", 40_000)]
    [InlineData("binance_spot_DOGEUSDT_1m.csv.gz", "DOGEUSDT", 67_000)]
    public async Task Real_candles_are_seen_again_digit_for_digit(string file, string symbol, int from)
    {
        var path = SharedData.File("candles", file);
        var series = CandleReader.Read([path], new InstrumentId("binance", MarketKind.Perp, symbol), Interval.OneMinute);
        var candles = Enumerable.Range(0, series.Count).Where(i => !series.IsHole(i)).Skip(from).Take(600).Select(i => Simulator.Markets.Feeds.DecimalCandles.At(
            series, i, Simulator.Markets.Feeds.DecimalCandles.Unit(series.PriceDecimals), Simulator.Markets.Feeds.DecimalCandles.Unit(series.VolumeDecimals))).ToList();
        candles.Count.ShouldBeGreaterThan(300);
        using var folder = new TemporaryFolder();
        var options = SomeMarket.Options with { Data = [folder.Write($"{symbol}.csv", Candles.ToCsv(candles))], Speed = MarketSpeed.Max, HistoryMinutes = 60 };
        await using var bench = new MarketBench(options, TimeProvider.System);

        await bench.RunToEndAsync();

        ShouldEqual(bench, 0, candles);
    }

    [Fact]
    public async Task Candles_of_five_minutes_are_seen_again_as_five_minutes()
    {
        using var folder = new TemporaryFolder();
        var shift = Candles.Start % 300_000;
        var candles = Candles.Random(5, 60, interval: 300_000).ConvertAll(candle => candle with { OpenTime = candle.OpenTime - shift });
        var options = SomeMarket.Options with { Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(candles))], Speed = MarketSpeed.Max, HistoryMinutes = 100 };
        await using var bench = new MarketBench(options, TimeProvider.System);

        await bench.RunToEndAsync();

        var seen = bench.Store.Klines(0, KlineInterval.FiveMinutes, null, null, 1_000).Where(kline => kline.IsClosed);
        seen.Select(kline => new Candle(kline.OpenTime, kline.Open, kline.High, kline.Low, kline.Close, kline.Volume)).ShouldBe(candles);
    }

    [Fact]
    public async Task Recorded_trades_are_seen_again_one_by_one()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(9);
        var rows = Enumerable.Range(0, 400).Select(i => (Time: Candles.Start + (i * 731L), Price: 64_000m + (random.Next(-50, 51) / 10m), Quantity: random.Next(1, 900) / 1_000m, Maker: random.Next(2))).ToList();
        var csv = "time_ms,price,qty,is_buyer_maker\n" + string.Concat(rows.Select(row => FormattableString.Invariant($"{row.Time},{row.Price},{row.Quantity},{row.Maker}\n")));
        var options = SomeMarket.Options with { Data = [folder.Write("BTCUSDT_trades.csv", csv)], Speed = MarketSpeed.Max, HistoryMinutes = 0 };
        await using var bench = new MarketBench(options, TimeProvider.System);

        await bench.RunToEndAsync();

        bench.Store.Trades(0, null, 1_000)
            .GroupBy(trade => trade.Time)
            .Select(group => (group.Key, group.First().Price, group.Sum(trade => trade.Quantity), group.First().Aggressor == Trellis.Core.Orders.Side.Sell ? 1 : 0))
            .ShouldBe(rows);
    }

    [Fact]
    public async Task Equal_options_give_equal_commands_and_another_seed_gives_others()
    {
        var first = await Commands(seed: 4);
        var again = await Commands(seed: 4);
        var other = await Commands(seed: 5);

        again.ShouldBe(first);
        other.ShouldNotBe(first);
    }

    private static async Task<List<string>> Commands(long seed)
    {
        var options = SomeMarket.Options with { Instruments = ["BTCUSDT", "XRPUSDT"], Seed = seed, Speed = MarketSpeed.Max, HistoryMinutes = 5 };
        await using var bench = new MarketBench(options, TimeProvider.System);
        bench.Driver.Pause();
        bench.Start();
        await bench.Driver.StepAsync(30, TestContext.Current.CancellationToken);
        return [.. bench.Commands.Select(command => command.ToString())];
    }

    private static void ShouldEqual(MarketBench bench, int instrument, List<Candle> candles)
    {
        var shift = bench.Plan.Anchor.Shift;
        var seen = bench.Minutes(instrument, candles[0].OpenTime + shift).ToDictionary(kline => kline.OpenTime);
        foreach (var candle in candles)
        {
            var kline = seen[candle.OpenTime + shift];
            new Candle(candle.OpenTime, kline.Open, kline.High, kline.Low, kline.Close, kline.Volume).ShouldBe(candle);
        }

        // A hole is a minute without a trade.
        var traded = candles.Select(candle => candle.OpenTime + shift).ToHashSet();
        seen.Values.Where(kline => !traded.Contains(kline.OpenTime) && kline.OpenTime < candles[^1].OpenTime + shift).ShouldAllBe(kline => kline.Volume == 0 && kline.High == kline.Low);
    }
}
