using Trellis.Bench.Measuring;
using Trellis.Bench.Topics;

namespace Trellis.Bench;

/// <summary>Runs the chosen topics one after another, each printing its own table.</summary>
internal static class BenchCommand
{
    public static IReadOnlyList<ITopic> Topics { get; } =
        [new KernelTopic(), new MultiTopic(), new SignalTopic(), new LoadTopic(), new ImportTopic(), new MetricsTopic(), new EndToEndTopic()];

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

        output.WriteLine(Machine.Describe());
        foreach (var topic in Topics.Where(topic => options.Topics.Count == 0 || options.Topics.Contains(topic.Name, StringComparer.Ordinal)))
        {
            output.WriteLine();
            output.WriteLine($"== {topic.Name}: {topic.Summary}");
            topic.Run(options.Quick, output);
            output.Flush();
        }
    }
}
