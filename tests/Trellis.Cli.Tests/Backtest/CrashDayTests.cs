using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;
using Trellis.Data.Import;
using Trellis.Data.Store;
using Trellis.Data.Tests;

namespace Trellis.Cli.Tests.Backtest;

/// <summary>Days on which markets fell apart, run through from file to result.</summary>
public sealed class CrashDayTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("BTCUSDT", 0.1)]
    [InlineData("ETHUSDT", 0.15)]
    public async Task A_spot_grid_lives_through_2021_05_19_with_a_deep_drawdown(string symbol, double atLeast)
    {
        var json = await Run("binance", "spot", symbol, "1m", "2021-05-18", "2021-05-22", leverage: 1);

        json["liquidated_at"].ShouldBeNull();
        json["max_drawdown"]!["share"]!.GetValue<double>().ShouldBeGreaterThan(atLeast);
        json["max_drawdown"]!["trough_time"]!.ToString().ShouldStartWith("2021-05-19");
    }

    [Theory]
    [InlineData("2025-10-10", "2025-10-12")]
    [InlineData("2022-11-08", "2022-11-10")]
    public async Task A_perpetual_grid_is_liquidated_at_the_first_low_that_its_margin_does_not_carry(string from, string to)
    {
        var json = await Run("binance", "perp", "ETHUSDT", "5m", from, to, leverage: 12);

        var expected = FirstLowBelowMaintenance(new InstrumentId("binance", MarketKind.Perp, "ETHUSDT"), json);
        expected.ShouldNotBeNull();
        json["liquidated_at"]!.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("2025-10-10", "2025-10-12")]
    [InlineData("2022-11-08", "2022-11-10")]
    public async Task Without_leverage_the_same_days_are_lived_through(string from, string to)
    {
        var json = await Run("binance", "perp", "ETHUSDT", "5m", from, to, leverage: 1);

        json["liquidated_at"].ShouldBeNull();
        FirstLowBelowMaintenance(new InstrumentId("binance", MarketKind.Perp, "ETHUSDT"), json).ShouldBeNull();
    }

    private async Task<JsonNode> Run(string exchange, string market, string symbol, string interval, string from, string to, int leverage)
    {
        var name = $"{exchange}_{market}_{symbol}_{interval}.csv.gz";
        var file = SharedData.Files("candles").SingleOrDefault(path => Path.GetFileName(path) == name);
        Assert.SkipWhen(file is null, $"no real market data: {name}");
        new CandleImporter(new CandleStore(line.PathOf("store"))).Import(new ImportRequest
        {
            Files = [file!],
            Instrument = new InstrumentId(exchange, market == "spot" ? MarketKind.Spot : MarketKind.Perp, symbol),
            Interval = Interval.Parse(interval),
        });
        var path = line.Configuration($$"""
            account: { balance: 10000 }
            backtest: { interval: {{interval}}, from: {{from}}, to: {{to}} }
            instruments: [{ symbol: {{symbol}}, exchange: {{exchange}}, market: {{market}} }]
            bots:
              - name: crash
                instrument: {{symbol}}
                grid: { spacing_percent: 1, levels: 10, investment: 9500, leverage: {{leverage}} }
            """);
        var (exitCode, _, error) = await line.Run("backtest", path, "--store", line.PathOf("store"), "--out", line.PathOf("out"));

        error.ShouldBeEmpty();
        exitCode.ShouldBe(0);
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(line.PathOf("out"), "result.json"), TestContext.Current.CancellationToken))!;
    }

    /// <summary>
    /// From the rows of fills.csv and the candles alone, in cash and coins: in a long position the buys of a candle come first, then its
    /// low is held against the maintenance margin, then come its sells.
    /// </summary>
    private string? FirstLowBelowMaintenance(InstrumentId id, JsonNode json)
    {
        var tiers = InstrumentCatalogue.Default.Find(id)!.Instrument.LeverageTiers;
        using var file = new CandleStore(line.PathOf("store")).Open(id, Interval.Parse("5m"));
        var fills = File.ReadLines(Path.Combine(line.PathOf("out"), "fills.csv")).Skip(1).Select(row => row.Split(','))
            .Where(row => row[6] != "liquidation").ToLookup(row => long.Parse(row[1], CultureInfo.InvariantCulture));
        var (cash, coins) = (10000m, 0m);
        var scale = (decimal)Math.Pow(10, file.Series.PriceDecimals);
        var start = Milliseconds(json["range"]!["from"]!);
        var end = Milliseconds(json["range"]!["to"]!);
        for (var time = start; time < end; time += file.Series.Interval.Milliseconds)
        {
            Take(fills[time], "buy");
            var candle = (int)((time - file.Series.StartTime) / file.Series.Interval.Milliseconds);
            if (coins > 0 && !file.Series.IsHole(candle))
            {
                var value = coins * file.Series.Low.Span[candle] / scale;
                var tier = tiers.First(each => each.NotionalCap >= value);
                if (cash + value < (value * tier.MaintenanceRate) - tier.MaintenanceDeduction)
                {
                    return DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                }
            }

            Take(fills[time], "sell");
        }

        return null;

        void Take(IEnumerable<string[]> rows, string side)
        {
            foreach (var row in rows.Where(row => row[8] == side))
            {
                var sign = side == "buy" ? 1 : -1;
                cash += decimal.Parse(row[13], CultureInfo.InvariantCulture) - (sign * decimal.Parse(row[12], CultureInfo.InvariantCulture));
                coins += sign * decimal.Parse(row[11], CultureInfo.InvariantCulture);
            }
        }
    }

    private static long Milliseconds(JsonNode time) => DateTimeOffset.Parse(time.ToString(), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
