using System.Reflection;
using Trellis.Core.Options;

namespace Trellis.Configuration.Shapes;

/// <summary>
/// What a type looks like in a document. It is read off the records once and drives the binder, the JSON Schema,
/// the templates and the writer, so that there is no second list of keys.
/// </summary>
internal abstract record Shape(Type Type);

internal sealed record ScalarShape(Type Type, IScalarFormat Format) : Shape(Type);

internal sealed record ListShape(Type Type, Shape Item) : Shape(Type);

/// <summary>Numbers under names that another setting decides.</summary>
internal sealed record NumbersShape(Type Type) : Shape(Type);

internal sealed record SectionShape(Type Type, string Meaning, IReadOnlyList<Setting> Settings) : Shape(Type)
{
    public bool HoldsSecret => Settings.Any(setting => setting.IsSecret);

    public Setting? Find(string key) => Settings.FirstOrDefault(setting => setting.Key == key);
}

/// <summary>One key of a section.</summary>
internal sealed record Setting
{
    public required string Key { get; init; }

    public required PropertyInfo Property { get; init; }

    public required Shape Shape { get; init; }

    public required bool IsRequired { get; init; }

    /// <summary>What holds where the key is left out; null where nothing does.</summary>
    public required object? Default { get; init; }

    public required string Meaning { get; init; }

    public required string? Example { get; init; }

    public required Range? Range { get; init; }

    public required PatternAttribute? Pattern { get; init; }

    public required int AtLeastEntries { get; init; }

    public required bool IsSecret { get; init; }

    /// <summary>Stands in a section with a secret, which a slip of the pen can move here.</summary>
    public bool IsBesideSecret { get; init; }

    /// <summary>Not saved where it is as by default.</summary>
    public required bool IsLeftOutByDefault { get; init; }

    /// <summary>One of the sections of which exactly one must be there.</summary>
    public required bool IsStrategy { get; init; }
}
