using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Core.Indicators;
using Trellis.Core.Markets;

namespace Trellis.Research.Tests.Vectors;

/// <summary>docs/vectors/indicators, and tests/independent/indicators.py on them and on random candles: equal to the last bit.</summary>
public sealed class IndicatorVectorTests
{
    private const int Cases = 60;

    private static readonly string[] Names = ["sma", "ema", "rsi", "atr", "lower", "middle", "upper", "vwap", "highest", "lowest"];

    private static string Folder => Path.Combine(VectorFolder.Root, "docs", "vectors", "indicators");

    [Fact]
    public async Task The_vectors_say_what_the_indicators_find()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*.json"))
        {
            var document = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!.AsObject();
            var found = Found(document);
            if (Environment.GetEnvironmentVariable("TRELLIS_WRITE_VECTORS") == "1")
            {
                await File.WriteAllTextAsync(path, VectorText.Of(found), TestContext.Current.CancellationToken);
                continue;
            }

            found.ToJsonString().ShouldBe(document.ToJsonString(), path);
        }

        await PythonScript.Judge("indicators.py", Folder);
    }

    [Fact]
    public async Task The_independent_implementation_agrees_on_random_candles_with_holes()
    {
        var folder = Directory.CreateTempSubdirectory("trellis-indicators-");
        try
        {
            for (var seed = 0; seed < Cases; seed++)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{seed}.json"), Found(RandomDocument(seed)).ToJsonString(), TestContext.Current.CancellationToken);
            }

            await PythonScript.Judge("indicators.py", folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The document with what the product finds.</summary>
    private static JsonObject Found(JsonObject document)
    {
        var whole = document.DeepClone().AsObject();
        var candles = Candles(whole["candles"]!);
        var bars = BarSeries.Of(candles, Timeframe(whole["timeframe_ms"].Number()));
        whole["closed_at"] = new JsonArray([.. Enumerable.Range(0, bars.Count).Select(bar => (JsonNode)Text(bars.ClosedAt(bar)))]);
        foreach (var column in whole["columns"]!.AsArray())
        {
            var values = Column(column!["name"]!.GetValue<string>(), (int)column["period"].Number(), (double)column["width"].NumberOrNull().GetValueOrDefault(), bars);
            column["values"] = new JsonArray([.. values.Select(value => double.IsNaN(value) ? null : (JsonNode)value.ToString("G17", CultureInfo.InvariantCulture))]);
        }

        return whole;
    }

    private static double[] Column(string name, int period, double width, BarSeries bars)
    {
        var k = bars.PriceDecimals;
        var close = bars.Close.Span;
        double[] values = new double[bars.Count], lower = new double[bars.Count], middle = new double[bars.Count];
        switch (name)
        {
            case "sma":
                Sma.Fill(close, period, k, values);
                break;
            case "ema":
                Ema.Fill(close, period, k, values);
                break;
            case "rsi":
                Rsi.Fill(close, period, k, values);
                break;
            case "atr":
                Atr.Fill(bars, period, values);
                break;
            case "vwap":
                Vwap.Fill(bars, period, values);
                break;
            case "highest":
                RollingExtreme.Fill(RollingExtreme.Highest(period, k), bars.High.Span, values);
                break;
            case "lowest":
                RollingExtreme.Fill(RollingExtreme.Lowest(period, k), bars.Low.Span, values);
                break;
            default:
                BollingerBands.Fill(close, period, width, k, lower, middle, values);
                return name == "lower" ? lower : name == "middle" ? middle : values;
        }

        return values;
    }

    private static JsonObject RandomDocument(int seed)
    {
        var random = new Random(seed);
        var decimals = random.Next(0, 4);
        var scale = (int)Math.Pow(10, decimals);
        var last = random.Next(5, seed % 5 == 0 ? 400_000 : 3_000) * scale;
        var rows = new JsonArray();
        for (var k = 0; k < random.Next(60, 200); k++)
        {
            if (k > 0 && k < 59 && random.Next(100) < 12)
            {
                rows.Add(null);
                continue;
            }

            var step = Math.Max(2, last / 50);
            var close = Math.Max(1, last + random.Next(-step, step + 1));
            var (high, low) = (Math.Max(last, close) + random.Next(step), Math.Max(1, Math.Min(last, close) - random.Next(step)));
            var volume = random.Next(5) == 0 ? 0 : random.NextInt64(seed % 2 == 0 ? 1_000_000_000_000_000 : 1_000);
            rows.Add(new JsonArray([.. new[] { last, high, low, close }.Select(price => (JsonNode)Text((decimal)price / scale)), Text(volume)]));
            last = close;
        }

        return new JsonObject
        {
            ["candles"] = new JsonObject { ["start"] = Text(1_700_000_040_000m + (random.Next(5) * 60_000)), ["interval_ms"] = "60000", ["price_decimals"] = Text(decimals), ["rows"] = rows },
            ["timeframe_ms"] = new[] { "60000", "180000", "300000" }[random.Next(3)],
            ["columns"] = new JsonArray([.. Names.Select(name => (JsonNode)new JsonObject { ["name"] = name, ["period"] = Text(random.Next(1, 20)), ["width"] = "2.5" })]),
        };
    }

    /// <summary>As <see cref="VectorMarket"/>, with volume.</summary>
    private static CandleSeries Candles(JsonNode given)
    {
        var rows = given["rows"]!.AsArray();
        var decimals = given["price_decimals"].CountOrNull()!.Value;
        var scale = (decimal)Math.Pow(10, decimals);
        var columns = Enumerable.Range(0, 4).Select(_ => new int[rows.Count]).ToArray();
        var volume = new long[rows.Count];
        for (var k = 0; k < rows.Count; k++)
        {
            for (var c = 0; c < 4; c++)
            {
                columns[c][k] = rows[k] is { } row ? (int)(row[c].Number() * scale)
                    : c switch { 1 => int.MinValue, 2 => int.MaxValue, _ => columns[3][k - 1] };
            }

            volume[k] = rows[k] is { } cells ? (long)cells[4].Number() : 0;
        }

        return new CandleSeries
        {
            Instrument = new InstrumentId("example", MarketKind.Perp, "BTCUSDT"),
            Interval = Interval.OneMinute,
            StartTime = (long)given["start"].Number(),
            PriceDecimals = decimals,
            Open = columns[0],
            High = columns[1],
            Low = columns[2],
            Close = columns[3],
            Volume = volume,
        };
    }

    private static Interval Timeframe(decimal milliseconds) => Interval.Parse($"{milliseconds / 60_000m:0}m");

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
