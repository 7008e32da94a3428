using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trellis.Research.Tests.Vectors;

/// <summary>JSON with one candle or fill a line, so that a vector can be read and compared.</summary>
internal static class VectorText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonObject document)
    {
        var text = new StringBuilder();
        Write(text, document, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        var inner = new string(' ', (depth + 1) * 2);
        switch (node)
        {
            case JsonObject { Count: > 0 } members when depth < 2:
                text.Append('{');
                WriteLines(text, members, inner, member =>
                {
                    text.Append('"').Append(member.Key).Append("\": ");
                    Write(text, member.Value, depth + 1);
                });
                text.Append('\n').Append(' ', depth * 2).Append('}');
                break;
            case JsonArray { Count: > 0 } rows when depth < 3 && rows.Any(row => row is JsonArray or JsonObject):
                text.Append('[');
                WriteLines(text, rows, inner, row => Write(text, row, 3));
                text.Append('\n').Append(' ', depth * 2).Append(']');
                break;
            default:
                text.Append(node is null ? "null" : node.ToJsonString(Plain));
                break;
        }
    }

    private static void WriteLines<T>(StringBuilder text, IEnumerable<T> items, string indent, Action<T> write)
    {
        var separator = "\n";
        foreach (var item in items)
        {
            text.Append(separator).Append(indent);
            write(item);
            separator = ",\n";
        }
    }
}
