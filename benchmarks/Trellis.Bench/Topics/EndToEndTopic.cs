using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;

namespace Trellis.Bench.Topics;

/// <summary>What a user waits for: the example from the command line, generated market and written result included.</summary>
internal sealed class EndToEndTopic : ITopic
{
    private const double WallBudget = 2e9;
    private const double MemoryBudget = 200e6;
    private const string Example = "examples/grid-btc.yaml";

    public string Name => "endtoend";

    public string Summary => $"./trellis backtest {Example}: wall time and peak memory of the process";

    public void Run(bool quick, TextWriter output)
    {
        var command = Command.AtRepository();
        if (!command.HasFile(Example))
        {
            output.WriteLine($"Skipped: {Example} does not exist yet.");
            return;
        }

        using var folder = new TemporaryFolder();
        // The first start may build; what it costs is no figure.
        var baseline = new CommandRuns(() => command.Run("--version"));
        var backtest = new CommandRuns(() => command.Run("backtest", Example, "--out", Path.Combine(folder.Path, "result")));
        baseline.Rehearse();
        if (backtest.Rehearse() is { ExitCode: not 0 } failure)
        {
            output.WriteLine($"Skipped: ./trellis backtest {Example} ended with exit code {failure.ExitCode}: {failure.FirstLine}");
            return;
        }

        var figures = Contest.Run(quick ? 5 : 11, [baseline.Once, backtest.Once]);
        var table = new Table(1, "what", "best", "median", "CPU", "÷ baseline", "budget", "", "peak memory", "budget", "");
        table.Add("baseline: ./trellis --version", Text.Time(figures[0].Wall), Text.Time(figures[0].WallMedian), Text.Time(baseline.LeastCpu), "", "", "", Text.Bytes(baseline.PeakBytes), "", "");
        table.Add(
            $"./trellis backtest {Example}",
            Text.Time(figures[1].Wall),
            Text.Time(figures[1].WallMedian),
            Text.Time(backtest.LeastCpu),
            Text.Ratio(figures[1].Wall, figures[0].Wall),
            Text.Time(WallBudget),
            Text.Verdict(figures[1].Wall, WallBudget),
            Text.Bytes(backtest.PeakBytes),
            "200 MB",
            Text.Verdict(backtest.PeakBytes, MemoryBudget));
        table.Print(output);
        output.WriteLine("Wall time of the whole command, start of the runtime and JIT included; CPU is what all its threads computed in the best run. Peak memory is the resident set's high-water mark, asked every few milliseconds; the worst run counts.");
    }

    private sealed class CommandRuns(Func<CommandResult> run)
    {
        public double PeakBytes { get; private set; }

        public CommandResult Rehearse() => run();

        public double LeastCpu { get; private set; } = double.PositiveInfinity;

        public void Once()
        {
            var result = run();
            PeakBytes = Math.Max(PeakBytes, result.PeakBytes);
            LeastCpu = Math.Min(LeastCpu, result.Cpu);
        }
    }
}
