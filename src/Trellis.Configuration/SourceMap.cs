using Trellis.Configuration.Tree;

namespace Trellis.Configuration;

/// <summary>Where each setting was written.</summary>
public sealed class SourceMap
{
    private readonly Dictionary<string, string> sources = new(StringComparer.Ordinal);

    internal SourceMap(Node root, IReadOnlyList<string> overrides)
    {
        Overrides = overrides;
        Walk(root, "");
    }

    /// <summary>Names of the environment variables that replaced or added a setting.</summary>
    public IReadOnlyList<string> Overrides { get; }

    /// <summary>
    /// <c>file:line:column</c> or <c>environment variable NAME</c> of a path such as <c>bots[0].grid.lower</c>;
    /// for one that is not written, of the section it would stand in.
    /// </summary>
    public string Of(string path)
    {
        while (true)
        {
            if (sources.TryGetValue(path, out var source))
            {
                return source;
            }

            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }
    }

    private void Walk(Node node, string path)
    {
        sources.TryAdd(path, node.Mark.Source);
        switch (node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping.Entries)
                {
                    Walk(entry.Value, Paths.Key(path, entry.Key));
                }

                break;
            case SequenceNode sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    Walk(sequence.Items[i], Paths.Item(path, i));
                }

                break;
        }
    }
}
