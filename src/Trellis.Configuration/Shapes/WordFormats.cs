using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Shapes;

internal sealed class TextFormat : IScalarFormat
{
    public string Expected => "text";

    public bool TryRead(ScalarNode node, [NotNullWhen(true)] out object? value, out Complaint complaint)
    {
        complaint = default;
        value = node.Text;
        if (Scalars.IsText(node))
        {
            return true;
        }

        complaint = new Complaint(node.Kind == ScalarKind.Number ? "is a number, not text" : "is not text", "text; in quotes where it looks like something else");
        return false;
    }

    public ScalarNode Write(object value) => Scalars.Text((string)value);

    public void Describe(JsonObject schema) => schema["type"] = "string";
}

internal sealed class BooleanFormat : IScalarFormat
{
    public string Expected => "true or false";

    public bool TryRead(ScalarNode node, [NotNullWhen(true)] out object? value, out Complaint complaint)
    {
        complaint = default;
        var lower = node.Text.ToLowerInvariant();
        value = lower == "true";
        if (node.Kind is (ScalarKind.Boolean or ScalarKind.Untyped) && lower is ("true" or "false"))
        {
            return true;
        }

        complaint = lower switch
        {
            "true" or "false" => new Complaint("is text, since it stands in quotes", "true or false, without quotes"),
            "yes" or "on" or "y" or "1" => new Complaint("is neither true nor false", Expected, "true"),
            "no" or "off" or "n" or "0" => new Complaint("is neither true nor false", Expected, "false"),
            _ => new Complaint("is neither true nor false", Expected),
        };
        return false;
    }

    public ScalarNode Write(object value) => Scalars.Boolean((bool)value);

    public void Describe(JsonObject schema) => schema["type"] = "boolean";
}

/// <summary>The names of an enum in snake_case.</summary>
internal sealed class WordFormat(Type type) : IScalarFormat
{
    private readonly Dictionary<string, object> values = Enum.GetValues(type).Cast<object>().ToDictionary(NameOf, StringComparer.Ordinal);

    public string Expected => string.Join(", ", values.Keys);

    public bool TryRead(ScalarNode node, [NotNullWhen(true)] out object? value, out Complaint complaint)
    {
        complaint = default;
        if (Scalars.IsText(node) && values.TryGetValue(node.Text, out value))
        {
            return true;
        }

        value = null;
        complaint = new Complaint("is not known here", Expected, Nearest.Of(node.Text, values.Keys));
        return false;
    }

    public ScalarNode Write(object value) => Scalars.Text(NameOf(value));

    public void Describe(JsonObject schema)
    {
        schema["type"] = "string";
        schema["enum"] = new JsonArray([.. values.Keys.Select(name => (JsonNode)name)]);
    }

    private static string NameOf(object value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!);
}
