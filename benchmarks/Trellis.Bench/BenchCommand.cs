using System.Diagnostics;
using Trellis.Bench.Measuring;
using Trellis.Bench.Topics;
using Trellis.Core;

namespace Trellis.Bench;

/// <summary>Runs the chosen topics one after another, each printing its own table.</summary>
internal static class BenchCommand
{
    public static IReadOnlyList<ITopic> Topics { get; } =
    [
        new KernelTopic(),
        new MultiTopic(),
        new SignalTopic(),
        new LoadTopic(),
        new ImportTopic(),
        new MetricsTopic(),
        new MatchingTopic(),
        new EndToEndTopic(),
        new StartTopic(),
        new StreamsTopic(),
        new RequestsTopic(),
        new TickerTopic(),
        new LatencyTopic(),
        new CrowdTopic(),
        new FuzzTopic(),
        new SimulationTopic(),
        new KillTopic(),
    ];

    public static void Run(BenchOptions options, TextWriter output)
    {
        if (options.Help)
        {
            output.WriteLine("Usage: ./bench [topic…] [--quick]");
            foreach (var topic in Topics)
            {
                output.WriteLine($"  {topic.Name,-9} {topic.Summary}");
            }

            return;
        }

        var chosen = Topics.Where(topic => options.Topics.Count == 0 || options.Topics.Contains(topic.Name, StringComparer.Ordinal)).ToList();
        if (chosen.Count > 1 || !chosen[0].Settings.AreInForce)
        {
            chosen.ForEach(topic => RunAlone(topic, options.Quick || (topic.IsLong && options.Topics.Count == 0)));
            return;
        }

        output.WriteLine(Machine.Describe());
        output.WriteLine();
        output.WriteLine($"== {chosen[0].Name}: {chosen[0].Summary}");
        chosen[0].Run(options.Quick, output);
        output.WriteLine();
    }

    /// <summary>A process of its own: what one topic left in the heap and taught the JIT must not slow or speed the next.</summary>
    /// <exception cref="RunException">It ended with an error.</exception>
    private static void RunAlone(ITopic topic, bool quick)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            ArgumentList = { typeof(BenchCommand).Assembly.Location, topic.Name },
        }.With(topic, quick))!;
        using var ended = Interruption.Follow(process);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new RunException($"bench: {topic.Name} ended with {process.ExitCode}");
        }
    }

    private static ProcessStartInfo With(this ProcessStartInfo start, ITopic topic, bool quick)
    {
        if (quick)
        {
            start.ArgumentList.Add("--quick");
        }

        foreach (var (name, value) in topic.Settings.Variables)
        {
            start.Environment.TryAdd(name, value);
        }

        return start;
    }
}
