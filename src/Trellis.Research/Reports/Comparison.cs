namespace Trellis.Research.Reports;

/// <summary>A number of two results.</summary>
/// <param name="Better">−1 where that of the first is better, +1 for the second, 0 where neither is.</param>
public sealed record ComparedNumber(string Label, string First, string Second, string Difference, int Better);

/// <summary>A setting in which two results differ.</summary>
/// <param name="Path">Such as <c>bots[0].grid.levels</c>.</param>
public sealed record ComparedSetting(string Path, string First, string Second);

/// <summary>Two results side by side, and whether it is fair to hold them against one another.</summary>
public sealed record Comparison
{
    private const string Absent = "–";

    /// <summary>The folders.</summary>
    public required string First { get; init; }

    public required string Second { get; init; }

    public required IReadOnlyList<ComparedNumber> Numbers { get; init; }

    public required IReadOnlyList<ComparedSetting> Settings { get; init; }

    /// <summary>Why the numbers do not say which is better; empty where they do.</summary>
    public required IReadOnlyList<string> Unfair { get; init; }

    /// <summary>What must be known of the data: that no market made them.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <exception cref="Core.TrellisException">A folder holds no result.</exception>
    public static Comparison Of(string first, string second)
    {
        var (a, b) = (ResultFiles.ReadResult(first), ResultFiles.ReadResult(second));
        var settings = new List<ComparedSetting>();
        Differences(a["configuration"], b["configuration"], "", settings);
        return new Comparison
        {
            First = first,
            Second = second,
            Numbers = [.. Figure.All.Select(figure => Compare(figure, a, b))],
            Settings = settings,
            Unfair = [.. Reasons(a, b)],
            Warnings = [.. Generated("A", a), .. Generated("B", b)],
        };
    }

    private static ComparedNumber Compare(Figure figure, ResultNode a, ResultNode b)
    {
        var (first, second) = (Value(figure, a), Value(figure, b));
        var better = first is { } x && second is { } y ? figure.Better * y.CompareTo(x) : 0;
        return new ComparedNumber(figure.Label, figure.Text(a), figure.Text(b), Difference(figure.Kind, second - first), Math.Sign(better));
    }

    private static double? Value(Figure figure, ResultNode result)
    {
        var node = figure.In(result);
        return figure.Kind is FigureKind.Amount or FigureKind.Signed ? (double)node.Amount : node.NumberOrNull;
    }

    private static string Difference(FigureKind kind, double? difference)
    {
        if (difference is not { } value)
        {
            return Show.None;
        }

        return kind switch
        {
            FigureKind.Change or FigureKind.Share => Show.Change(value),
            FigureKind.Amount or FigureKind.Signed => Show.Signed((decimal)value),
            FigureKind.Duration => (value < 0 ? "−" : value > 0 ? "+" : "") + Show.Duration(Math.Abs(value)),
            FigureKind.Count => value.ToString("+#,##0;−#,##0;0", System.Globalization.CultureInfo.InvariantCulture),
            _ => Show.Signed((decimal)value),
        };
    }

    private static void Differences(ResultNode? a, ResultNode? b, string path, List<ComparedSetting> found)
    {
        if (a is { IsList: true } && b is { IsList: true })
        {
            var (first, second) = (a.Items, b.Items);
            for (var i = 0; i < Math.Max(first.Count, second.Count); i++)
            {
                Differences(i < first.Count ? first[i] : null, i < second.Count ? second[i] : null, $"{path}[{i}]", found);
            }

            return;
        }

        var keys = (a?.Keys ?? []).Union(b?.Keys ?? [], StringComparer.Ordinal).ToList();
        if (keys.Count > 0)
        {
            foreach (var key in keys)
            {
                Differences(a is not null && a.Has(key) ? a[key] : null, b is not null && b.Has(key) ? b[key] : null, path.Length == 0 ? key : $"{path}.{key}", found);
            }
        }
        else if (a?.Raw != b?.Raw)
        {
            found.Add(new ComparedSetting(path, a?.Raw ?? Absent, b?.Raw ?? Absent));
        }
    }

    private static IEnumerable<string> Reasons(ResultNode a, ResultNode b)
    {
        foreach (var (what, path) in new[]
        {
            ("currency", "currency"), ("start balance", "equity.start"), ("fill rule", "fill_rule.name"), ("order in a candle", "fill_rule.order_in_candle"),
            ("slippage, percent", "fill_rule.slippage_percent"), ("first candle", "range.from"), ("end", "range.to"), ("interval", "range.interval"), ("version of Trellis", "program.version"),
        })
        {
            var (first, second) = (At(a, path).Raw, At(b, path).Raw);
            if (first != second)
            {
                yield return $"{what}: {first} in A, {second} in B";
            }
        }

        var theirs = b["data"].Items.ToDictionary(data => data["instrument"].Text, StringComparer.Ordinal);
        foreach (var data in a["data"].Items)
        {
            var name = data["instrument"].Text;
            if (!theirs.Remove(name, out var other))
            {
                yield return $"{name} is traded in A only";
            }
            else if (data["fingerprint"].Raw != other["fingerprint"].Raw)
            {
                yield return $"{name} has other candles in B (fingerprint {Start(data["fingerprint"].Raw)} in A, {Start(other["fingerprint"].Raw)} in B)";
            }
            else if (data["funding_sha256"].Raw != other["funding_sha256"].Raw)
            {
                yield return $"{name} has other funding rates in B";
            }
            else if (data["rules"].Raw != other["rules"].Raw)
            {
                yield return $"{name} has other rules in B (tick, lot, minimum or fees)";
            }
        }

        foreach (var name in theirs.Keys)
        {
            yield return $"{name} is traded in B only";
        }
    }

    private static IEnumerable<string> Generated(string which, ResultNode result) =>
        from data in result["data"].Items
        where !data["generated_by"].IsNull
        select $"{which} is GENERATED, not a real market: the candles of {data["instrument"].Text} were made up ({data["generated_by"].Text})";

    private static ResultNode At(ResultNode result, string path) => path.Split('.').Aggregate(result, (node, key) => node[key]);

    private static string Start(string text) => text.Length <= 12 ? text : text[..12] + "…";
}
