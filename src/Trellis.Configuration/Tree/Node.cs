namespace Trellis.Configuration.Tree;

/// <summary>Where something was written: <c>file:line:column</c>, or an environment variable.</summary>
internal readonly record struct Mark(string Source)
{
    /// <param name="line">From 1.</param>
    /// <param name="column">In characters, from 1.</param>
    public static Mark InFile(string file, long line, long column) => new($"{file}:{line}:{column}");

    public static Mark InVariable(string name) => new($"environment variable {name}");

    public override string ToString() => Source;
}

/// <summary>What every format is read into, before anything is known about keys and types.</summary>
internal abstract class Node(Mark mark)
{
    public Mark Mark { get; } = mark;
}

internal enum ScalarKind
{
    Text,
    Number,
    Boolean,
    Null,

    /// <summary>From a source without types, such as an environment variable: what it is depends on what is needed.</summary>
    Untyped,
}

internal sealed class ScalarNode(Mark mark, ScalarKind kind, string text) : Node(mark)
{
    public ScalarKind Kind { get; } = kind;

    /// <summary>As written, without quotes and escapes.</summary>
    public string Text { get; } = text;
}

internal sealed class SequenceNode(Mark mark) : Node(mark)
{
    public List<Node> Items { get; } = [];
}

internal sealed class MappingNode(Mark mark) : Node(mark)
{
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    public List<Entry> Entries { get; } = [];

    public Entry? Find(string key) => positions.TryGetValue(key, out var at) ? Entries[at] : null;

    /// <summary>Adds an entry; false where the key is there already.</summary>
    public bool TryAdd(Entry entry)
    {
        if (!positions.TryAdd(entry.Key, Entries.Count))
        {
            return false;
        }

        Entries.Add(entry);
        return true;
    }

    public void Set(Entry entry)
    {
        if (!TryAdd(entry))
        {
            Entries[positions[entry.Key]] = entry;
        }
    }
}

internal sealed record Entry(string Key, Mark KeyMark, Node Value);

/// <summary>Stands where something was that has been reported already.</summary>
internal sealed class BrokenNode(Mark mark) : Node(mark);
