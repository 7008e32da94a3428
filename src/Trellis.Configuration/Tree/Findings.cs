using Trellis.Core;

namespace Trellis.Configuration.Tree;

/// <summary>The problems found so far and which paths they spoil.</summary>
internal sealed class Findings
{
    private static readonly char[] Steps = ['.', '['];

    private readonly HashSet<string> spoiled = new(StringComparer.Ordinal);

    public List<ConfigurationProblem> Problems { get; } = [];

    public void Add(ConfigurationProblem problem)
    {
        Problems.Add(problem);
        Spoil(problem.Path);
    }

    public void Add(Mark mark, string path, string rule, string? value = null, string? allowed = null, string? suggestion = null) =>
        Add(new ConfigurationProblem { Source = mark.Source, Path = path, Rule = rule, Value = value, Allowed = allowed, Suggestion = suggestion });

    /// <summary>Marks a setting as unusable without a problem of its own, e.g. the key that a misspelt one was meant to be.</summary>
    public void Spoil(string path)
    {
        spoiled.Add(path);
        for (var end = path.LastIndexOfAny(Steps); end > 0; end = path.LastIndexOfAny(Steps, end - 1))
        {
            // Whoever asks for a section asks for all inside it. Where this one is known, the ones above are too.
            if (!spoiled.Add(path[..end]))
            {
                return;
            }
        }
    }

    /// <summary>Whether neither the setting nor anything inside it has a problem.</summary>
    public bool IsSound(string path) => !spoiled.Contains(path);
}
