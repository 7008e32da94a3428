using Trellis.Core;

namespace Trellis.Research.Reports;

/// <summary>Whether <c>chart.json</c> holds as many numbers as it says, so that a page never draws half a chart.</summary>
internal static class ChartCheck
{
    private static readonly string[] Columns = ["equity", "below", "above", "held", "notional_of_equity"];

    /// <exception cref="DataException">A list is cut, or is none.</exception>
    public static void Check(ResultNode chart, string path)
    {
        foreach (var instrument in chart["instruments"].Items)
        {
            var runs = Read(instrument["missing"], path);
            Require(instrument["missing"], runs.Count % 2 == 0, path);
            var missing = runs.Where((_, index) => index % 2 == 1).Sum();
            Require(instrument["prices"], Read(instrument["prices"], path).Count == 4 * (instrument["count"].Number - missing), path);
            Require(instrument["holes"], Read(instrument["holes"], path).Count % 2 == 0, path);
        }

        var curve = chart["curve"];
        foreach (var column in Columns)
        {
            Require(curve[column], Read(curve[column], path).Count == curve["count"].Number, path);
        }
    }

    private static IReadOnlyList<long> Read(ResultNode list, string path)
    {
        try
        {
            return Packed.Read(list.Text);
        }
        catch (FormatException error)
        {
            throw new DataException($"{path}: '{list.Path}' is damaged: {error.Message}. Run the backtest again", error);
        }
    }

    private static void Require(ResultNode list, bool holds, string path)
    {
        if (!holds)
        {
            throw new DataException($"{path}: '{list.Path}' has another number of values than its count says: the file is damaged. Run the backtest again");
        }
    }
}
