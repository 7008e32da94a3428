using System.Globalization;
using System.Text.Json;
using Trellis.Core;

namespace Trellis.Simulator.Documents;

/// <summary>Parses the JSON that people write: comments and a comma at the end are fine, a member twice is not.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    /// <summary>The document, which is an object; null where it is none, which is noted.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> text, string source, List<ConfigurationProblem> problems)
    {
        try
        {
            var document = JsonDocument.Parse(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            problems.Add(new ConfigurationProblem { Path = "", Rule = $"the document is a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}", Allowed = "an object in braces", Source = source });
            document.Dispose();
        }
        catch (JsonException error)
        {
            var at = error.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"{source}:{line + 1}:{(error.BytePositionInLine ?? 0) + 1}") : source;
            problems.Add(new ConfigurationProblem { Path = error.Path is { Length: > 1 } path ? path.TrimStart('$', '.') : "", Rule = "the text is not JSON, or has a member twice", Allowed = "a JSON object", Source = at });
        }

        return null;
    }
}
