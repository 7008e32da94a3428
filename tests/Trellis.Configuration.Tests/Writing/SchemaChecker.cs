using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Trellis.Configuration.Tests.Writing;

/// <summary>Judges a JSON value by the part of JSON Schema that the product's schema uses; an unknown keyword fails.</summary>
internal static class SchemaChecker
{
    public static List<string> Check(JsonNode? value, JsonObject schema, string path = "$")
    {
        var errors = new List<string>();
        foreach (var (keyword, rule) in schema)
        {
            errors.AddRange(Broken(value, schema, keyword, rule!, path).Select(error => $"{path}: {error}"));
        }

        return errors;
    }

    private static IEnumerable<string> Broken(JsonNode? value, JsonObject schema, string keyword, JsonNode rule, string path)
    {
        switch (keyword)
        {
            case "$schema" or "title" or "description" or "default" or "examples" or "writeOnly":
                return [];
            case "type":
                return IsOf(value, rule.GetValue<string>()) ? [] : [$"is not of type {rule}"];
            case "enum":
                return rule.AsArray().Any(word => JsonNode.DeepEquals(word, value)) ? [] : ["is not in enum"];
            case "pattern":
                return value?.GetValueKind() != System.Text.Json.JsonValueKind.String || Regex.IsMatch(value.GetValue<string>(), rule.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)) ? [] : ["does not match"];
            case "minimum":
                return !IsOf(value, "number") || Number(value) >= Number(rule) ? [] : ["too small"];
            case "maximum":
                return !IsOf(value, "number") || Number(value) <= Number(rule) ? [] : ["too large"];
            case "exclusiveMinimum":
                return !IsOf(value, "number") || Number(value) > Number(rule) ? [] : ["too small"];
            case "exclusiveMaximum":
                return !IsOf(value, "number") || Number(value) < Number(rule) ? [] : ["too large"];
            case "minItems":
                return value!.AsArray().Count >= rule.GetValue<int>() ? [] : ["too few"];
            case "items":
                return value!.AsArray().SelectMany((item, index) => Check(item, rule.AsObject(), $"{path}[{index}]"));
            case "required":
                return rule.AsArray().Where(key => !value!.AsObject().ContainsKey(key!.GetValue<string>())).Select(key => $"lacks {key}");
            case "additionalProperties" when rule is JsonObject shape:
                return value!.AsObject().SelectMany(entry => Check(entry.Value, shape, $"{path}.{entry.Key}"));
            case "additionalProperties":
                return value!.AsObject().Where(entry => !schema["properties"]!.AsObject().ContainsKey(entry.Key)).Select(entry => $"{entry.Key} is unknown");
            case "properties":
                return value!.AsObject().Where(entry => rule[entry.Key] is not null).SelectMany(entry => Check(entry.Value, rule[entry.Key]!.AsObject(), $"{path}.{entry.Key}"));
            case "anyOf":
                return rule.AsArray().Any(option => Check(value, option!.AsObject()).Count == 0) ? [] : ["fits no option"];
            case "oneOf":
                return rule.AsArray().Count(option => Check(value, option!.AsObject()).Count == 0) == 1 ? [] : ["does not fit exactly one option"];
            default:
                return [$"keyword {keyword} is not known to this checker"];
        }
    }

    private static decimal Number(JsonNode? value) => decimal.Parse(value!.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsOf(JsonNode? value, string type) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Object => type == "object",
        System.Text.Json.JsonValueKind.Array => type == "array",
        System.Text.Json.JsonValueKind.String => type == "string",
        System.Text.Json.JsonValueKind.Number => type == "number" || (type == "integer" && Number(value) == decimal.Truncate(Number(value))),
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => type == "boolean",
        _ => false,
    };
}
