using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Simulator.Documents;

namespace Trellis.Simulator.Faults;

/// <summary>A fault plan as text: <c>{ "seed": 7, "faults": [ … ] }</c>.</summary>
internal static class FaultFile
{
    /// <summary>What a plan says.</summary>
    /// <param name="Seed">Null where the plan leaves it to the simulator.</param>
    public sealed record Content(long? Seed, IReadOnlyList<FaultRule> Rules);

    /// <exception cref="DataException">The file can't be read.</exception>
    /// <exception cref="ConfigurationException">Something is wrong with it; all of that at once.</exception>
    public static Content Read(string path, IReadOnlyList<MatchingInstrument> instruments)
    {
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"--faults {path}: can't be read: {(File.Exists(path) ? error.Message : "there is no such file")}", error);
        }

        return Parse(text, path, [], instruments);
    }

    /// <param name="taken">Ids of faults that are there already.</param>
    /// <exception cref="ConfigurationException">Something is wrong with it; all of that at once.</exception>
    public static Content Parse(ReadOnlyMemory<byte> text, string source, IEnumerable<string> taken, IReadOnlyList<MatchingInstrument> instruments)
    {
        var problems = new List<ConfigurationProblem>();
        using var document = JsonText.Parse(text, source, problems);
        var rules = new List<FaultRule>();
        long? seed = null;
        if (document is not null)
        {
            var root = new ObjectReader(document.RootElement, "", source, problems);
            seed = root.Whole("seed", long.MinValue, long.MaxValue);
            var reader = new FaultRuleReader(instruments);
            reader.Reserve(taken);
            rules.AddRange(root.Objects("faults", required: true).Select(reader.Read).OfType<FaultRule>());
            root.Done();
        }

        return problems.Count == 0 ? new Content(seed, rules) : throw new ConfigurationException(problems);
    }
}
