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

/// <summary>A setting whose value is never printed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
