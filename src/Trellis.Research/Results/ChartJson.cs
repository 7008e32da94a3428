using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Data;
using Trellis.Research.Backtesting;
using Trellis.Research.Reports;

namespace Trellis.Research.Results;

/// <summary>
/// Writes <c>chart.json</c> (docs/result.md): the candles of a run and its curve, coarse enough for a page and true at every scale. A bucket has
/// the open, high, low and close of its candles; a point of the curve has the last, lowest and highest equity of its closes.
/// </summary>
internal static class ChartJson
{
    /// <summary>Candles that all instruments together may take.</summary>
    private const int MostCandles = 110_000;

    private const int MostPoints = 20_000;

    /// <summary>Holes that are listed for shading, longest first.</summary>
    private const int MostHoles = 500;

    private static readonly long[] Steps =
        [1_000, 5_000, 15_000, 60_000, 180_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 21_600_000, 28_800_000, 43_200_000, 86_400_000];

    public static byte[] Write(BacktestSetup setup, RunOutcome outcome, string fillsSha256)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            var lanes = ResultLane.Of(setup, outcome);
            var instruments = lanes.DistinctBy(lane => lane.Instrument).ToList();
            json.WriteStartObject();
            json.WriteNumber("schema_version", ResultJson.SchemaVersion);
            json.WriteString("fills_sha256", fillsSha256);
            json.WriteNumber("start_ms", outcome.Range.StartTime);
            json.WriteNumber("interval_ms", outcome.Range.Interval);
            json.WriteNumber("candles", outcome.Range.Count);
            json.WriteStartArray("instruments");
            var bucket = Bucket(outcome.Range, MostCandles / instruments.Count);
            foreach (var lane in instruments)
            {
                Instrument(json, lane, outcome.Range, bucket);
            }

            json.WriteEndArray();
            Curve(json, outcome, lanes, instruments);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>The shortest step, not shorter than a candle, with which a range has at most so many buckets; a day at the longest.</summary>
    private static long Bucket(RunRange range, int most) =>
        Steps.Where(step => step >= range.Interval && step % range.Interval == 0)
            .FirstOrDefault(step => range.Count * range.Interval / step < most, Steps[^1]);

    private static void Instrument(Utf8JsonWriter json, ResultLane lane, RunRange range, long bucket)
    {
        var series = lane.Setup.Candles;
        var (prices, holes) = (new Packed(), new Packed());
        var (buckets, missing, lastClose) = (0, 0, 0L);
        for (var candle = 0; candle < range.Count; buckets++)
        {
            var end = EndOfBucket(range, candle, bucket);
            var first = candle;
            while (first < end && series.IsHole(lane.Offset + first))
            {
                first++;
            }

            if (first == end)
            {
                missing++;
            }
            else
            {
                if (missing > 0)
                {
                    holes.Add(buckets - missing);
                    holes.Add(missing);
                    missing = 0;
                }

                var (start, count) = (lane.Offset + first, end - first);
                long open = series.Open.Span[start];
                long close = series.Close.Span[start + count - 1];
                prices.Add(open - lastClose);
                prices.Add(close - open);
                prices.Add(CandleIndex.Maximum(series.High.Span.Slice(start, count)) - Math.Max(open, close));
                prices.Add(Math.Min(open, close) - CandleIndex.Minimum(series.Low.Span.Slice(start, count)));
                lastClose = close;
            }

            candle = end;
        }

        if (missing > 0)
        {
            holes.Add(buckets - missing);
            holes.Add(missing);
        }

        json.WriteStartObject();
        json.WriteString("instrument", lane.Instrument.ToString());
        json.WriteNumber("price_decimals", lane.Units.PriceDecimals);
        json.WriteNumber("start_ms", range.StartTime / bucket * bucket);
        json.WriteNumber("interval_ms", bucket);
        json.WriteNumber("count", buckets);
        json.WriteString("missing", holes.ToString());
        json.WriteString("prices", prices.ToString());
        json.WriteString("holes", Holes(series, range));
        json.WriteEndObject();
    }

    private static string Holes(CandleSeries series, RunRange range)
    {
        var packed = new Packed();
        var listed = Gap.Of(series)
            .Select(gap => (From: Math.Max(0, (gap.Start - range.StartTime) / range.Interval), To: Math.Min(range.Count, ((gap.Start - range.StartTime) / range.Interval) + gap.Candles)))
            .Where(gap => gap.From < gap.To)
            .OrderByDescending(gap => gap.To - gap.From).ThenBy(gap => gap.From).Take(MostHoles).OrderBy(gap => gap.From);
        foreach (var (from, to) in listed)
        {
            packed.AddStep(from);
            packed.AddStep(to);
        }

        return packed.ToString();
    }

    private static void Curve(Utf8JsonWriter json, RunOutcome outcome, IReadOnlyList<ResultLane> lanes, List<ResultLane> instruments)
    {
        var range = outcome.Range;
        var bucket = Bucket(range, MostPoints);
        var decimals = Math.Clamp(7 - (int)Math.Ceiling(Math.Log10((double)outcome.StartBalance.ToDecimal())), 0, 9);
        var unit = (Int128)Math.Pow(10, 12 - decimals);
        var (equity, low, high, held, notional) = (new Packed(), new Packed(), new Packed(), new Packed(), new Packed());
        var walk = new EquityWalk(outcome, lanes);
        var points = 0;
        for (var candle = 0; candle < range.Count; points++)
        {
            candle = EndOfBucket(range, candle, bucket);
            walk.MoveTo(candle - 1);
            var value = Round(walk.Equity, unit);
            equity.AddStep(value);
            low.Add(value - Round(walk.Lowest, unit));
            high.Add(Round(walk.Highest, unit) - value);
            held.AddStep(Round((Int128)((double)outcome.StartBalance.Units * Held(instruments, range, candle - 1)), unit));
            notional.AddStep(walk.Equity > 0 ? (long)Math.Round((double)walk.Notional / (double)walk.Equity * 10_000) : 0);
        }

        json.WriteStartObject("curve");
        json.WriteNumber("start_ms", range.StartTime / bucket * bucket);
        json.WriteNumber("interval_ms", bucket);
        json.WriteNumber("count", points);
        json.WriteNumber("decimals", decimals);
        json.WriteString("equity", equity.ToString());
        json.WriteString("below", low.ToString());
        json.WriteString("above", high.ToString());
        json.WriteString("held", held.ToString());
        json.WriteString("notional_of_equity", notional.ToString());
        json.WriteEndObject();
    }

    private static double Held(List<ResultLane> instruments, RunRange range, int candle) =>
        instruments.Average(lane => (double)lane.Closes(range.Count).Span[candle] / lane.Closes(range.Count).Span[0]);

    /// <summary>Buckets lie on multiples of their length, so that those of 5 minutes are the candles of 5 minutes.</summary>
    private static int EndOfBucket(RunRange range, int candle, long bucket)
    {
        var end = ((range.TimeOf(candle) / bucket) + 1) * bucket;
        return (int)Math.Min(range.Count, (end - range.StartTime + range.Interval - 1) / range.Interval);
    }

    private static long Round(Int128 amount, Int128 unit) => (long)((amount + (amount < 0 ? -unit / 2 : unit / 2)) / unit);
}
