using System.Text.Json;

namespace Trellis.Research.Reports;

/// <summary>
/// The fills of a run as the page's charts read them. Beyond <see cref="MostMarkers"/>, neighbours in time of one bot, instrument, side and kind share
/// a marker with the price of the last of them and their number.
/// </summary>
internal static class PackedFills
{
    private const int MostMarkers = 60_000;

    public static string Json(IReadOnlyList<FillRow> fills, long start, long interval)
    {
        var span = interval;
        var markers = Group(fills, start, span: 0);
        while (markers.Count > MostMarkers)
        {
            span *= 2;
            markers = Group(fills, start, span);
        }

        var (lanes, kinds, slots) = (new Names(), new Names(), new Names());
        var (times, codes, prices, quantities, names, counts) = (new Packed(), new Packed(), new Packed(), new Packed(), new Packed(), new Packed());
        var (priceScale, priceDecimals) = Scale(markers.Select(marker => marker.Fill.Price));
        var (quantityScale, quantityDecimals) = Scale(markers.Select(marker => marker.Fill.Quantity));
        foreach (var (fill, count) in markers)
        {
            times.AddStep((fill.Time - start) / interval);
            codes.Add((kinds.Of(fill.Kind) * 2) + (fill.IsSell ? 1 : 0));
            names.Add((lanes.Of($"{fill.Bot}\n{fill.Instrument}") * 100_000L) + Math.Min(slots.Of(fill.Slot), 99_999));
            prices.AddStep((long)(fill.Price * priceScale));
            quantities.Add((long)(fill.Quantity * quantityScale));
            counts.Add(count);
        }

        return JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["count"] = markers.Count,
            ["fills"] = fills.Count,
            ["start_ms"] = start,
            ["interval_ms"] = interval,
            ["price_decimals"] = priceDecimals,
            ["quantity_decimals"] = quantityDecimals,
            ["lanes"] = lanes.All.Select(lane => lane.Split('\n')),
            ["kinds"] = kinds.All,
            ["slots"] = slots.All,
            ["times"] = times.ToString(),
            ["codes"] = codes.ToString(),
            ["names"] = names.ToString(),
            ["prices"] = prices.ToString(),
            ["quantities"] = quantities.ToString(),
            ["counts"] = counts.ToString(),
        });
    }

    /// <param name="span">Milliseconds within which fills share a marker; 0 for a marker each.</param>
    private static List<(FillRow Fill, int Count)> Group(IReadOnlyList<FillRow> fills, long start, long span)
    {
        if (span == 0)
        {
            return [.. fills.Select(fill => (fill, 1))];
        }

        return [.. fills
            .GroupBy(fill => ((fill.Time - start) / span, fill.Bot, fill.Instrument, fill.IsSell, fill.Kind))
            .Select(group => (group.Last(), group.Count()))
            .OrderBy(marker => marker.Item1.Time)];
    }

    /// <summary>What makes all values whole numbers; decimals are cut where a browser could not hold them.</summary>
    private static (decimal Scale, int Decimals) Scale(IEnumerable<decimal> values)
    {
        var (decimals, largest) = (0, 0m);
        foreach (var value in values)
        {
            while (decimals < 12 && decimal.Round(value, decimals) != value)
            {
                decimals++;
            }

            largest = Math.Max(largest, value);
        }

        var scale = 1m;
        var kept = 0;
        while (kept < decimals && largest * scale * 10 < 9_000_000_000_000_000m)
        {
            scale *= 10;
            kept++;
        }

        return (scale, kept);
    }

    private sealed class Names
    {
        private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

        public IReadOnlyList<string> All => [.. places.OrderBy(place => place.Value).Select(place => place.Key)];

        public int Of(string name)
        {
            if (!places.TryGetValue(name, out var place))
            {
                place = places.Count;
                places.Add(name, place);
            }

            return place;
        }
    }
}
