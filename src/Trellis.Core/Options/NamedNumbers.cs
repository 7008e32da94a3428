using System.Globalization;

namespace Trellis.Core.Options;

/// <summary>Numbers by name, such as <c>{ fast: 50, slow: 200 }</c>: settings whose names another setting decides.</summary>
public sealed class NamedNumbers : IEquatable<NamedNumbers>
{
    /// <param name="entries">Each name once.</param>
    public NamedNumbers(params IEnumerable<KeyValuePair<string, decimal>> entries) =>
        Entries = [.. entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)];

    public static NamedNumbers None { get; } = new();

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<KeyValuePair<string, decimal>> Entries { get; }

    public decimal? Find(string name)
    {
        foreach (var (key, value) in Entries)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    public bool Equals(NamedNumbers? other) => other is not null && Entries.SequenceEqual(other.Entries);

    public override bool Equals(object? obj) => Equals(obj as NamedNumbers);

    public override int GetHashCode() => Entries.Count;

    public override string ToString() =>
        $"{{ {string.Join(", ", Entries.Select(entry => $"{entry.Key}: {entry.Value.ToString(CultureInfo.InvariantCulture)}"))} }}";
}
