namespace Trellis.Architecture.Tests;

/// <summary>Which chapter uses which, with one file as the witness of each arrow.</summary>
internal sealed class ChapterGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _uses = [];

    public void Add(string from, string to, string witness)
    {
        if (!_uses.TryGetValue(from, out var targets))
        {
            _uses[from] = targets = [];
        }

        targets.TryAdd(to, witness);
    }

    /// <summary>The arrows of one circle in their order, or nothing when there is none.</summary>
    public IReadOnlyList<string> FindCircle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in _uses.Keys)
        {
            if (Search(start, [], done) is { } circle)
            {
                return [.. circle.Select((from, index) => Arrow(from, circle[(index + 1) % circle.Count]))];
            }
        }

        return [];
    }

    private List<string>? Search(string at, List<string> path, HashSet<string> done)
    {
        if (path.IndexOf(at) is var first and >= 0)
        {
            return path[first..];
        }

        if (!done.Contains(at) && _uses.TryGetValue(at, out var targets))
        {
            path.Add(at);
            foreach (var target in targets.Keys)
            {
                if (Search(target, path, done) is { } circle)
                {
                    return circle;
                }
            }

            path.RemoveAt(path.Count - 1);
        }

        done.Add(at);
        return null;
    }

    private string Arrow(string from, string to) => $"{from} → {to} ({_uses[from][to]})";
}
