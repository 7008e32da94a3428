using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Tree;
using Range = Trellis.Configuration.Shapes.Range;

namespace Trellis.Configuration.Writing;

/// <summary>The JSON Schema (draft 2020-12) of a document, from the same metadata that the binder uses.</summary>
public static class JsonSchema
{
    public const string Draft = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Indented, with a line break at the end.</summary>
    public static string Write() => Write<Document>();

    internal static string Write<T>()
    {
        var schema = new JsonObject { ["$schema"] = Draft, ["title"] = "Trellis configuration" };
        Section(schema, ShapeReader.Section<T>());
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Options))
        {
            schema.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static void Section(JsonObject schema, SectionShape shape)
    {
        schema["type"] = "object";
        schema.TryAdd("description", shape.Meaning);
        schema["additionalProperties"] = false;
        var required = shape.Settings.Where(setting => setting.IsRequired).Select(setting => (JsonNode)setting.Key).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        var strategies = shape.Settings.Where(setting => setting.IsStrategy).ToList();
        if (strategies.Count > 0)
        {
            schema["oneOf"] = new JsonArray([.. strategies.Select(strategy => (JsonNode)new JsonObject { ["required"] = new JsonArray(strategy.Key) })]);
        }

        var properties = new JsonObject();
        foreach (var setting in shape.Settings)
        {
            properties[setting.Key] = Property(setting);
        }

        schema["properties"] = properties;
    }

    private static JsonObject Property(Setting setting)
    {
        var schema = new JsonObject { ["description"] = setting.Meaning };
        Describe(schema, setting.Shape);
        Constrain(setting.Shape is ListShape { Item: ScalarShape } ? schema["items"]!.AsObject() : schema, setting);
        if (setting.AtLeastEntries > 0)
        {
            schema["minItems"] = setting.AtLeastEntries;
        }

        if (setting.IsSecret)
        {
            schema["writeOnly"] = true;
            return schema;
        }

        if (setting.Shape is ScalarShape { Format: var format })
        {
            if (setting.Default is { } value)
            {
                schema["default"] = Literal(format.Write(value));
            }

            if (setting.Example is { } example && format.TryRead(new ScalarNode(default, ScalarKind.Untyped, example), out var read, out _))
            {
                schema["examples"] = new JsonArray(Literal(format.Write(read)));
            }
        }

        return schema;
    }

    private static void Describe(JsonObject schema, Shape shape)
    {
        switch (shape)
        {
            case SectionShape section:
                Section(schema, section);
                break;
            case ListShape list:
                var items = new JsonObject();
                Describe(items, list.Item);
                schema["type"] = "array";
                schema["items"] = items;
                break;
            case NumbersShape:
                schema["type"] = "object";
                schema["additionalProperties"] = new JsonObject { ["type"] = "number" };
                break;
            case ScalarShape scalar:
                scalar.Format.Describe(schema);
                break;
        }
    }

    private static void Constrain(JsonObject schema, Setting setting)
    {
        Bounds(schema, setting.Range);
        if (setting.Pattern is { } pattern)
        {
            schema["pattern"] = pattern.Regex;
        }
    }

    private static void Bounds(JsonObject schema, Range? range)
    {
        Bound(schema, "exclusiveMinimum", range?.Above);
        Bound(schema, "minimum", range?.AtLeast);
        Bound(schema, "maximum", range?.AtMost);
        Bound(schema, "exclusiveMaximum", range?.Below);
    }

    private static void Bound(JsonObject schema, string key, decimal? bound)
    {
        if (bound is { } value)
        {
            schema[key] = value;
        }
    }

    private static JsonNode? Literal(ScalarNode scalar) => scalar.Kind == ScalarKind.Text ? JsonValue.Create(scalar.Text) : JsonNode.Parse(scalar.Text);
}
