namespace Trellis.Core.Options;

/// <summary>What a setting means, for the JSON Schema, the templates and the error messages.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class MeaningAttribute(string text) : Attribute
{
    public string Text { get; } = text;

    /// <summary>A value to show in templates and messages, as it would be written.</summary>
    public string? Example { get; init; }
}

/// <summary>Bounds of a number; null means unbounded on that side.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BoundsAttribute : Attribute
{
    public string? Above { get; init; }

    public string? AtLeast { get; init; }

    public string? AtMost { get; init; }

    public string? Below { get; init; }
}

/// <summary>The form a text must have.</summary>
/// <param name="regex">Matched against the whole text; the same expression goes into the JSON Schema.</param>
/// <param name="allowed">The form in words, for messages.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatternAttribute(string regex, string allowed) : Attribute
{
    public string Regex { get; } = regex;

    public string Allowed { get; } = allowed;
}

/// <summary>The fewest entries a list may have.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntriesAttribute(int atLeast) : Attribute
{
    public int AtLeast { get; } = atLeast;
}

/// <summary>A setting whose value is never printed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
