using Trellis.Core;

namespace Trellis.Bench;

/// <summary>What to measure.</summary>
/// <param name="Topics">Names of topics in the order asked for; empty for all.</param>
/// <param name="Quick">Fewer cases and rounds: a minute instead of a quarter of an hour.</param>
/// <param name="Help">Only say what there is.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Topics, bool Quick, bool Help)
{
    /// <exception cref="ConfigurationException">An argument is neither an option nor a topic.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var topics = new List<string>();
        var quick = false;
        var help = false;
        foreach (var argument in arguments)
        {
            switch (argument)
            {
                case "--quick":
                    quick = true;
                    break;
                case "--help" or "-h":
                    help = true;
                    break;
                case var name when BenchCommand.Topics.Any(topic => topic.Name == name):
                    topics.Add(name);
                    break;
                default:
                    throw new ConfigurationException(
                        $"bench: '{argument}' is not known; allowed are --quick, --help and the topics " +
                        $"{string.Join(", ", BenchCommand.Topics.Select(topic => topic.Name))}");
            }
        }

        return new BenchOptions(topics, quick, help);
    }
}
