using System.Diagnostics;
using System.Globalization;
using Trellis.Bench.Reporting;
using Trellis.Core;

namespace Trellis.Bench.Topics;

/// <summary>What a user waits for before the first order is out, the embedded exchange's own start included, and what the bot's process takes then.</summary>
internal sealed class StartTopic : ITopic
{
    private const double WallBudget = 2e9;
    private const double MemoryBudget = 120e6;
    private const string Example = "examples/grid-btc.yaml";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Name => "start";

    public string Summary => $"./trellis run {Example}: wall time to the first order, and the bot's memory";

    public void Run(bool quick, TextWriter output)
    {
        if (OperatingSystem.IsWindows())
        {
            output.WriteLine("Skipped: processes are ended by SIGTERM here, which this system does not have.");
            return;
        }

        var command = Command.AtRepository();
        // The first start may build; what it costs is no figure.
        command.Run("--version");
        var runs = quick ? 3 : 7;
        List<double> baseline = [];
        List<StartedRun> starts = [];
        for (var i = 0; i < runs; i++)
        {
            var from = TimeProvider.System.GetTimestamp();
            command.Run("--version");
            baseline.Add(TimeProvider.System.GetElapsedTime(from).TotalNanoseconds);
            starts.Add(Once(command, i == runs - 1 ? TimeSpan.FromSeconds(quick ? 10 : 30) : TimeSpan.Zero));
        }

        baseline.Sort();
        var first = starts.Select(start => start.FirstOrder).Order().ToList();
        var table = new Table(1, "what", "best", "median", "longest", "÷ baseline", "budget", "");
        table.Add("baseline: ./trellis --version", Text.Time(baseline[0]), Text.Time(baseline[runs / 2]), Text.Time(baseline[^1]), "", "", "");
        table.Add(
            "./trellis run, to the first order sent",
            Text.Time(first[0]),
            Text.Time(first[runs / 2]),
            Text.Time(first[^1]),
            Text.Ratio(first[runs / 2], baseline[runs / 2]),
            Text.Time(WallBudget),
            Text.Verdict(first[runs / 2], WallBudget));
        table.Print(output);
        var memory = starts[^1].PeakBytes;
        output.WriteLine($"Most memory of the bot's process in {(quick ? 10 : 30)} s of trading: {Text.Bytes(memory)} ({Text.Verdict(memory, MemoryBudget)} of 120 MB). {runs} starts, each in an empty home; the median counts.");
    }

    private static StartedRun Once(Command command, TimeSpan linger)
    {
        using var home = new TemporaryFolder();
        var from = TimeProvider.System.GetTimestamp();
        using var process = command.Start([("TRELLIS_HOME", home.Path)], "run", Example);
        var errors = process.StandardError.ReadToEndAsync();
        var firstOrder = double.NaN;
        while (TimeProvider.System.GetElapsedTime(from) < Patience && process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains("order sent", StringComparison.Ordinal))
            {
                firstOrder = TimeProvider.System.GetElapsedTime(from).TotalNanoseconds;
                break;
            }
        }

        _ = process.StandardOutput.ReadToEndAsync();
        if (process.WaitForExit(linger))
        {
            throw new RunException($"bench: ./trellis run {Example} ended with exit code {process.ExitCode}: {errors.Result.Split('\n')[0]}");
        }

        process.Refresh();
        var peak = process.PeakWorkingSet64;
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        process.WaitForExit();
        if (double.IsNaN(firstOrder))
        {
            throw new RunException($"bench: ./trellis run {Example} sent no order within {Patience.TotalSeconds:0} s");
        }

        return new StartedRun(firstOrder, peak);
    }

    private readonly record struct StartedRun(double FirstOrder, double PeakBytes);
}
