using Trellis.Core.Numerics;

namespace Trellis.Cli.Backtest;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Steps = "▁▂▃▄▅▆▇█";

    /// <summary>One letter per column, from the lowest point to the highest; each shows the last point of its stretch.</summary>
    public static string Of(IReadOnlyList<Money> points, int width)
    {
        if (points.Count == 0)
        {
            return "";
        }

        var columns = Math.Min(width, points.Count);
        var lowest = (double)points.Min().Units;
        var span = (double)points.Max().Units - lowest;
        return string.Create(columns, (points, lowest, span), static (line, curve) =>
        {
            for (var column = 0; column < line.Length; column++)
            {
                var point = (int)(((long)(column + 1) * curve.points.Count / line.Length) - 1);
                var height = curve.span > 0 ? ((double)curve.points[point].Units - curve.lowest) / curve.span : 0.5;
                line[column] = Steps[Math.Clamp((int)(height * Steps.Length), 0, Steps.Length - 1)];
            }
        });
    }
}
