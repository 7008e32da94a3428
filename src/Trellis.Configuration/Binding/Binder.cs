using System.Globalization;
using System.Text.RegularExpressions;
using Trellis.Core.Options;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Binding;

/// <summary>
/// Turns a tree into records and reports everything that does not fit. What is sound is bound even beside what is not,
/// so that rules between settings can be judged in the same pass.
/// </summary>
internal sealed class Binder(Findings findings)
{
    /// <summary>No amount, price or quantity needs more, and sums and products of what is below stay exact.</summary>
    private const decimal LargestAmount = 1_000_000_000_000m;

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The record; null where the root is not a section.</summary>
    public T? Bind<T>(Node root)
        where T : class => (T?)Section(root, ShapeReader.Section<T>(), "");

    private object? Value(Node node, Setting setting, Shape shape, string path)
    {
        if (node is ScalarNode { Kind: ScalarKind.Null } or ScalarNode { Kind: ScalarKind.Untyped, Text: "" })
        {
            findings.Add(node.Mark, path, "has no value", allowed: Expectations.Of(setting));
            return null;
        }

        return shape switch
        {
            SectionShape section => Section(node, section, path),
            ListShape list => List(node, setting, list, path),
            NumbersShape => Numbers(node, setting, path),
            _ => Scalar(node, setting, (ScalarShape)shape, path),
        };
    }

    private object? Section(Node node, SectionShape shape, string path)
    {
        if (node is not MappingNode mapping)
        {
            Refuse(node, path, "a section of key: value pairs");
            return null;
        }

        var record = Activator.CreateInstance(shape.Type)!;
        foreach (var entry in mapping.Entries)
        {
            if (shape.Find(entry.Key) is not { } setting)
            {
                Unknown(entry, shape, path);
            }
            else if (Value(entry.Value, setting, setting.Shape, Paths.Key(path, entry.Key)) is { } value)
            {
                setting.Property.SetValue(record, value);
            }
        }

        foreach (var setting in shape.Settings)
        {
            var at = Paths.Key(path, setting.Key);
            if (setting.IsRequired && mapping.Find(setting.Key) is null && findings.IsSound(at))
            {
                findings.Add(mapping.Mark, at, "is missing", allowed: Expectations.Of(setting));
            }
        }

        return record;
    }

    private Array? List(Node node, Setting setting, ListShape shape, string path)
    {
        if (node is not SequenceNode sequence)
        {
            Refuse(node, path, "a list");
            return null;
        }

        if (sequence.Items.Count < setting.AtLeastEntries)
        {
            findings.Add(node.Mark, path, $"has {sequence.Items.Count} entries", allowed: $"at least {setting.AtLeastEntries}");
        }

        var items = Array.CreateInstance(shape.Item.Type, sequence.Items.Count);
        var entry = setting with { Shape = shape.Item };
        for (var i = 0; i < items.Length; i++)
        {
            items.SetValue(Value(sequence.Items[i], entry, shape.Item, Paths.Item(path, i)), i);
        }

        return items;
    }

    private NamedNumbers? Numbers(Node node, Setting setting, string path)
    {
        if (node is not MappingNode mapping)
        {
            Refuse(node, path, Expectations.Of(setting));
            return null;
        }

        var numbers = new List<KeyValuePair<string, decimal>>();
        foreach (var entry in mapping.Entries)
        {
            var number = setting with { Shape = ShapeReader.Number, Range = null, Pattern = null, Example = null };
            if (Value(entry.Value, number, number.Shape, Paths.Key(path, entry.Key)) is decimal value)
            {
                numbers.Add(KeyValuePair.Create(entry.Key, value));
            }
        }

        return new NamedNumbers(numbers);
    }

    private static decimal Largest(object? value) => value switch
    {
        decimal number => Math.Abs(number),
        PriceOrPercent { Price: { } price } => price,
        PriceOrPercent { Percent: { } percent } => percent * 1_000_000m,
        _ => 0m,
    };

    private object? Scalar(Node node, Setting setting, ScalarShape shape, string path)
    {
        if (node is not ScalarNode scalar)
        {
            Refuse(node, path, Expectations.Of(setting));
            return null;
        }

        if (!shape.Format.TryRead(scalar, out var value, out var complaint))
        {
            var ownRangeSaysMore = complaint.IsRangeOfType && setting.Range is not null;
            Report(scalar, setting, path, complaint.Rule, ownRangeSaysMore ? Expectations.Of(setting) : complaint.Allowed ?? Expectations.Of(setting), complaint.Suggestion);
            return null;
        }

        if (setting.Range is { } range && value is decimal or int or long && setting.Range.Broken(Convert.ToDecimal(value, CultureInfo.InvariantCulture)) is { } broken)
        {
            Report(scalar, setting, path, broken, range.ToString());
            return null;
        }

        if (Largest(value) is > LargestAmount)
        {
            Report(scalar, setting, path, "is too large", value is PriceOrPercent { Percent: not null } ? "at most 1000000%" : $"at most {LargestAmount.ToString(CultureInfo.InvariantCulture)}");
            return null;
        }

        if (setting.Pattern is { } pattern && value is string text && !Regex.IsMatch(text, $@"\A(?:{pattern.Regex.TrimStart('^').TrimEnd('$')})\z", RegexOptions.CultureInvariant, PatternTimeout))
        {
            Report(scalar, setting, path, "does not have the right form", pattern.Allowed);
            return null;
        }

        return value;
    }

    private void Unknown(Entry entry, SectionShape shape, string path)
    {
        var near = Nearest.Of(entry.Key, shape.Settings.Select(setting => setting.Key));
        if (near is not null)
        {
            findings.Spoil(Paths.Key(path, near));
        }

        // A key one level too high is the second most common slip.
        var inside = shape.Settings.FirstOrDefault(setting => setting.Shape is SectionShape section && section.Find(entry.Key) is not null);
        var keys = string.Join(", ", shape.Settings.Select(setting => setting.Key));
        if (MayHoldSecret(entry, shape, near))
        {
            findings.Add(entry.KeyMark, path, "a key here (not shown, it may hold a secret) is not known", allowed: keys);
            return;
        }

        findings.Add(entry.KeyMark, Paths.Key(path, entry.Key), "is not a known key", allowed: keys, suggestion: near ?? (inside is null ? null : $"{inside.Key}.{entry.Key}"));
    }

    /// <summary>Beside secrets, a key without a value or with more than a name in it may be one that lost its own key: <c>{api_secret:hunter2}</c>.</summary>
    private static bool MayHoldSecret(Entry entry, SectionShape shape, string? near) => shape.HoldsSecret
        && ((near is null && entry.Value is ScalarNode { Kind: ScalarKind.Null }) || !entry.Key.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'));

    private void Refuse(Node node, string path, string expected)
    {
        var what = node switch
        {
            MappingNode => "is a section",
            SequenceNode => "is a list",
            ScalarNode => "is a single value",
            _ => null,
        };
        if (what is not null)
        {
            findings.Add(node.Mark, path, path.Length == 0 ? $"the document {what}" : what, allowed: expected);
        }
        else
        {
            findings.Spoil(path);
        }
    }

    private void Report(ScalarNode node, Setting setting, string path, string rule, string allowed, string? suggestion = null)
    {
        // Two lines that have run into one: account = main api_secret = hunter2.
        var mayHoldSecret = setting.IsBesideSecret && node.Text.AsSpan().ContainsAny(" =\t\n");
        if (setting.IsSecret || mayHoldSecret)
        {
            findings.Add(node.Mark, path, $"{(setting.IsSecret ? "(a secret, not shown)" : "(not shown, it may hold a secret)")} {rule}", allowed: allowed);
            return;
        }

        var value = node.Kind == ScalarKind.Text ? Display.Quote(node.Text) : Display.Clean(node.Text);
        findings.Add(node.Mark, path, rule, value, allowed, suggestion);
    }
}
