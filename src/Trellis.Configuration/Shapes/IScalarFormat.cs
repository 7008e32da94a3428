using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Shapes;

/// <summary>Why a value can't be used: words that follow the value, what would be right, and a near word.</summary>
internal readonly record struct Complaint(string Rule, string? Allowed = null, string? Suggestion = null)
{
    /// <summary>Allowed is what the type holds; a setting's own range says more.</summary>
    public bool IsRangeOfType { get; init; }
}

/// <summary>How one type of value is read, written and described.</summary>
internal interface IScalarFormat
{
    /// <summary>With its article, for messages: <c>a number</c>.</summary>
    string Expected { get; }

    bool TryRead(ScalarNode node, [NotNullWhen(true)] out object? value, out Complaint complaint);

    /// <summary>The value as a scalar that <see cref="TryRead"/> turns into an equal value.</summary>
    ScalarNode Write(object value);

    /// <summary>Adds type and constraints to a JSON Schema.</summary>
    void Describe(JsonObject schema);
}

internal static class Scalars
{
    private static readonly Mark Nowhere = new("");

    public static ScalarNode Text(string text) => new(Nowhere, ScalarKind.Text, text);

    public static ScalarNode Number(string text) => new(Nowhere, ScalarKind.Number, text);

    public static ScalarNode Boolean(bool value) => new(Nowhere, ScalarKind.Boolean, value ? "true" : "false");

    public static bool IsText(ScalarNode node) => node.Kind is ScalarKind.Text or ScalarKind.Untyped;

    public static bool IsNumber(ScalarNode node) => node.Kind is ScalarKind.Number or ScalarKind.Untyped;
}
