namespace Trellis.Bench.Measuring;

/// <summary>How long something took over several rounds, in nanoseconds.</summary>
/// <param name="Best">CPU time of the thread in the best round: what the code costs when nothing disturbs it.</param>
/// <param name="Median">CPU time of the thread in the middle round.</param>
/// <param name="Wall">Wall time of the best round.</param>
/// <param name="WallMedian">Wall time of the middle round.</param>
/// <param name="Process">CPU time of all threads in the best round.</param>
internal readonly record struct Figure(double Best, double Median, double Wall, double WallMedian, double Process)
{
    public static Figure Of(IReadOnlyList<Clock> rounds) => new(
        rounds.Min(round => round.Thread),
        Middle(rounds.Select(round => round.Thread)),
        rounds.Min(round => round.Wall),
        Middle(rounds.Select(round => round.Wall)),
        rounds.Min(round => round.Process));

    /// <summary>The mean of one run, over figures of different runs.</summary>
    public static Figure Mean(IReadOnlyCollection<Figure> figures) => new(
        figures.Average(figure => figure.Best),
        figures.Average(figure => figure.Median),
        figures.Average(figure => figure.Wall),
        figures.Average(figure => figure.WallMedian),
        figures.Average(figure => figure.Process));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
