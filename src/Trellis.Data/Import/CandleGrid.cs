using Trellis.Core;
using Trellis.Core.Markets;

namespace Trellis.Data.Import;

/// <summary>Lays rows on the unbroken time grid of a series: in any order, equal repetitions allowed, contradictions not.</summary>
internal static class CandleGrid
{
    private const int Shown = 10;

    /// <summary>Grids up to this length may be as sparse as they like.</summary>
    private const int Small = 5_000_000;

    private const int SparseRatio = 100;

    /// <exception cref="DataException">Rows contradict each other, or lie so far apart that the grid would be absurd.</exception>
    public static CandleSeries Lay(CandleRows rows, InstrumentId id, Interval interval, int maxCandles, out long repeated)
    {
        var span = ((rows.LastTime - rows.FirstTime) / interval.Milliseconds) + 1;
        if (span > maxCandles || (span > Small && span > (long)rows.Count * SparseRatio))
        {
            throw TooLong(rows, interval, span, maxCandles);
        }

        repeated = 0;
        if (rows.Unbroken)
        {
            return Series(rows, id, interval, rows.Open, rows.High, rows.Low, rows.Close, rows.Volume);
        }

        var open = new int[span];
        var high = new int[span];
        var low = new int[span];
        var close = new int[span];
        var volume = new long[span];
        high.AsSpan().Fill(int.MinValue);
        low.AsSpan().Fill(int.MaxValue);
        var contradictions = new List<int>();
        var contradictory = 0L;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var at = (int)((row.Time - rows.FirstTime) / interval.Milliseconds);
            if (low[at] == int.MaxValue)
            {
                (open[at], high[at], low[at], close[at], volume[at]) = (row.Open, row.High, row.Low, row.Close, row.Volume);
            }
            else if (row == new CandleRow(row.Time, open[at], high[at], low[at], close[at], volume[at]))
            {
                repeated++;
            }
            else if (++contradictory <= Shown)
            {
                contradictions.Add(i);
            }
        }

        if (contradictory > 0)
        {
            throw Contradiction(rows, contradictions, contradictory, id, interval);
        }

        FillHoles(open, low, close);
        return Series(rows, id, interval, open, high, low, close, volume);
    }

    private static void FillHoles(int[] open, int[] low, int[] close)
    {
        for (var i = 1; i < open.Length; i++)
        {
            if (low[i] == int.MaxValue)
            {
                open[i] = close[i] = close[i - 1];
            }
        }
    }

    private static CandleSeries Series(
        CandleRows rows,
        InstrumentId id,
        Interval interval,
        ReadOnlyMemory<int> open,
        ReadOnlyMemory<int> high,
        ReadOnlyMemory<int> low,
        ReadOnlyMemory<int> close,
        ReadOnlyMemory<long> volume) => new()
        {
            Instrument = id,
            Interval = interval,
            StartTime = rows.FirstTime,
            PriceDecimals = rows.PriceDecimals,
            VolumeDecimals = rows.VolumeDecimals,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
        };

    private static DataException Contradiction(CandleRows rows, List<int> shown, long count, InstrumentId id, Interval interval)
    {
        var lines = shown.Select(later =>
        {
            var earlier = rows.Times.IndexOf(rows[later].Time);
            return $"{TimeText.Of(rows[later].Time)}: {rows.SourceOf(earlier)} and {rows.SourceOf(later)} differ in {Differences(rows[earlier], rows[later], rows)}";
        });
        var more = count > shown.Count ? $"\n  and {count - shown.Count} more" : "";
        return new DataException(
            $"{id} {interval}: the sources disagree on {count} candle{(count == 1 ? "" : "s")}; nothing was imported. " +
            $"Decide which source is right and remove the other's rows (or the stored file):\n  {string.Join("\n  ", lines)}{more}");
    }

    private static string Differences(CandleRow a, CandleRow b, CandleRows rows)
    {
        var price = Pow(rows.PriceDecimals);
        var volume = Pow(rows.VolumeDecimals);
        var parts = new List<string>();
        void Compare(string name, long one, long other, decimal unit)
        {
            if (one != other)
            {
                parts.Add($"{name} ({one / unit} and {other / unit})");
            }
        }

        Compare("open", a.Open, b.Open, price);
        Compare("high", a.High, b.High, price);
        Compare("low", a.Low, b.Low, price);
        Compare("close", a.Close, b.Close, price);
        Compare("volume", a.Volume, b.Volume, volume);
        return string.Join(", ", parts);
    }

    private static decimal Pow(int exponent) => Format.PowersOfTen.Of(exponent);

    private static DataException TooLong(CandleRows rows, Interval interval, long span, int maxCandles)
    {
        var order = Enumerable.Range(0, rows.Count).ToArray();
        Array.Sort(rows.Times.ToArray(), order);
        var cut = 1;
        for (var i = 1; i < order.Length; i++)
        {
            if (rows[order[i]].Time - rows[order[i - 1]].Time > rows[order[cut]].Time - rows[order[cut - 1]].Time)
            {
                cut = i;
            }
        }

        // The smaller side of the widest gap is what most likely does not belong.
        var outliers = cut <= order.Length / 2 ? order[..cut] : order[cut..];
        var named = string.Join(", ", outliers.Take(Shown).Select(row => $"{TimeText.Of(rows[row].Time)} ({rows.SourceOf(row)})"));
        var limit = span > maxCandles ? $"at most {maxCandles} are allowed" : $"only {rows.Count} of them are there";
        return new DataException(
            $"the rows span {span} candles of {interval}, {limit}; nothing was imported. " +
            $"Far from the others are {outliers.Length}: {named}{(outliers.Length > Shown ? ", …" : "")}. Check their times, or the interval");
    }
}
