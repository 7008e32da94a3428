using System.Globalization;

namespace Trellis.Configuration.Tree;

/// <summary>
/// Settings from environment variables: <c>TRELLIS__BOTS__0__GRID__LOWER=50000</c> replaces or adds <c>bots[0].grid.lower</c>.
/// The tree is edited before it is bound, so that an override is judged like what it replaces.
/// </summary>
internal static class EnvironmentOverrides
{
    public const string Prefix = "TRELLIS__";

    /// <summary>Applies the variables in order of their paths; returns the names of those that were used.</summary>
    public static IReadOnlyList<string> Apply(Node root, IReadOnlyDictionary<string, string> environment, Findings findings)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var used = new List<string>();
        var variables = environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(variable => (Name: variable.Key, Steps: StepsOf(variable.Key), variable.Value))
            .OrderBy(variable => variable.Steps, StepOrder.Instance)
            .ThenBy(variable => variable.Name, StringComparer.Ordinal);
        foreach (var (name, steps, value) in variables)
        {
            var mark = Mark.InVariable(Display.Clean(name));
            var same = string.Join("__", steps);
            if (steps.Contains(""))
            {
                findings.Add(mark, "", "has an empty step in its name", allowed: $"{Prefix}SECTION__KEY, such as {Prefix}ACCOUNT__BALANCE");
            }
            else if (!seen.TryAdd(same, name))
            {
                findings.Add(mark, "", $"means the same setting as {Display.Clean(seen[same])}", allowed: "one of the two");
            }
            else if (Set(root, steps, new ScalarNode(mark, ScalarKind.Untyped, value), findings))
            {
                used.Add(name);
            }
        }

        return used;
    }

    /// <summary>The variable that sets a path of sections and keys, such as <c>account.balance</c>.</summary>
    public static string NameOf(string path) => Prefix + path.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();

    private static string[] StepsOf(string name) => name[Prefix.Length..].ToLowerInvariant().Split("__");

    private static bool Set(Node root, string[] steps, ScalarNode value, Findings findings)
    {
        var (node, path) = (root, "");
        for (var at = 0; at < steps.Length; at++)
        {
            var child = node switch
            {
                MappingNode mapping => InMapping(mapping, ref path, steps, at, value, findings),
                SequenceNode sequence => InSequence(sequence, ref path, steps, at, value, findings),
                _ => Refuse(node, path, steps[at], value.Mark, findings),
            };
            if (child is null)
            {
                return false;
            }

            node = child;
        }

        return true;
    }

    private static Node? InMapping(MappingNode mapping, ref string path, string[] steps, int at, ScalarNode value, Findings findings)
    {
        var key = steps[at];
        path = Paths.Key(path, key);
        var existing = mapping.Find(key)?.Value;
        if (at == steps.Length - 1)
        {
            if (existing is MappingNode or SequenceNode)
            {
                findings.Add(value.Mark, path, "is a section or a list, which one variable can't replace", allowed: "a variable for each value inside it");
                return null;
            }

            mapping.Set(new Entry(key, value.Mark, value));
            return value;
        }

        if (existing is null or ScalarNode { Kind: ScalarKind.Null })
        {
            existing = NewContainer(steps[at + 1], value.Mark);
            mapping.Set(new Entry(key, value.Mark, existing));
        }

        return existing;
    }

    private static Node? InSequence(SequenceNode sequence, ref string path, string[] steps, int at, ScalarNode value, Findings findings)
    {
        var count = sequence.Items.Count;
        if (!int.TryParse(steps[at], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > count)
        {
            findings.Add(value.Mark, path, $"has no entry {Display.Quote(steps[at])}", allowed: count == 0 ? "0 adds the first" : $"0 to {count - 1}; {count} adds one");
            return null;
        }

        path = Paths.Item(path, index);
        if (index == count)
        {
            sequence.Items.Add(at == steps.Length - 1 ? value : NewContainer(steps[at + 1], value.Mark));
        }
        else if (at == steps.Length - 1)
        {
            if (sequence.Items[index] is MappingNode or SequenceNode)
            {
                findings.Add(value.Mark, path, "is a section or a list, which one variable can't replace", allowed: "a variable for each value inside it");
                return null;
            }

            sequence.Items[index] = value;
        }

        return sequence.Items[index];
    }

    private static Node? Refuse(Node node, string path, string step, Mark mark, Findings findings)
    {
        if (node is not BrokenNode)
        {
            findings.Add(mark, path, $"is a single value, so it has no {Display.Quote(step)} inside");
        }

        return null;
    }

    private static Node NewContainer(string step, Mark mark) =>
        char.IsAsciiDigit(step[0]) ? new SequenceNode(mark) : new MappingNode(mark);

    /// <summary>Entry 2 of a list comes before entry 10.</summary>
    private sealed class StepOrder : IComparer<string[]>
    {
        public static readonly StepOrder Instance = new();

        public int Compare(string[]? x, string[]? y)
        {
            for (var i = 0; i < Math.Min(x!.Length, y!.Length); i++)
            {
                var numbers = int.TryParse(x[i], NumberStyles.None, CultureInfo.InvariantCulture, out var left)
                    & int.TryParse(y[i], NumberStyles.None, CultureInfo.InvariantCulture, out var right);
                var order = numbers ? left.CompareTo(right) : string.CompareOrdinal(x[i], y[i]);
                if (order != 0)
                {
                    return order;
                }
            }

            return x!.Length.CompareTo(y!.Length);
        }
    }
}
