using Trellis.Core;

namespace Trellis.Configuration.Tree;

/// <summary>The problems found so far and which paths they spoil.</summary>
internal sealed class Findings
{
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
    public void Spoil(string path) => spoiled.Add(path);

    /// <summary>Whether neither the setting nor anything inside it has a problem.</summary>
    public bool IsSound(string path)
    {
        foreach (var bad in spoiled)
        {
            if (bad.StartsWith(path, StringComparison.Ordinal) && (bad.Length == path.Length || bad[path.Length] is '.' or '['))
            {
                return false;
            }
        }

        return true;
    }
}
