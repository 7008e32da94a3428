using System.Text;
using System.Text.Json;

namespace Trellis.Configuration.Tree;

/// <summary>JSON; comments and a comma behind the last entry are allowed, since people edit the file.</summary>
internal sealed class JsonReader : IDocumentReader
{
    public string Name => "JSON";

    public IReadOnlyList<string> Extensions { get; } = [".json"];

    public Node? Read(string file, string text, Findings findings)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var walk = new Walk(file, bytes, findings);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = Limits.Depth * 2,
        });
        try
        {
            reader.Read();
            var root = walk.Read(ref reader, "", 1);
            if (root is not null)
            {
                reader.Read();
            }

            return root;
        }
        catch (JsonException error)
        {
            walk.Report(error);
            return null;
        }
    }

    private sealed class Walk(string file, byte[] bytes, Findings findings)
    {
        private int cursor;
        private int line = 1;
        private int column = 1;

        /// <summary>The tree; null where it is nested too deep.</summary>
        public Node? Read(ref Utf8JsonReader reader, string path, int depth)
        {
            var mark = MarkAt((int)reader.TokenStartIndex);
            if (depth > Limits.Depth)
            {
                findings.Add(mark, "", $"nested deeper than {Limits.Depth} levels");
                return null;
            }

            return reader.TokenType switch
            {
                JsonTokenType.StartObject => Mapping(ref reader, mark, path, depth),
                JsonTokenType.StartArray => Sequence(ref reader, mark, path, depth),
                JsonTokenType.String => Text(ref reader, mark, path) is { } text ? new ScalarNode(mark, ScalarKind.Text, text) : new BrokenNode(mark),
                JsonTokenType.Number => Plain(ref reader, mark, ScalarKind.Number),
                JsonTokenType.True or JsonTokenType.False => Plain(ref reader, mark, ScalarKind.Boolean),
                _ => Plain(ref reader, mark, ScalarKind.Null),
            };
        }

        public void Report(JsonException error)
        {
            var (row, at) = (error.LineNumber ?? 0, error.BytePositionInLine ?? 0);
            var offset = 0;
            for (var seen = 0; seen < row; seen++)
            {
                offset += bytes.AsSpan(offset).IndexOf((byte)'\n') + 1;
            }

            offset = (int)Math.Min(offset + at, bytes.Length);
            (cursor, line, column) = (0, 1, 1);
            var mark = MarkAt(offset);
            var here = Encoding.UTF8.GetString(bytes.AsSpan(offset)).EnumerateRunes().FirstOrDefault();
            findings.Add(mark, "", offset >= bytes.Length
                ? "not valid JSON: the document ends too early"
                : $"not valid JSON near {Display.Quote(here.ToString())}", allowed: "\"key\": value pairs in braces, lists in brackets, text in double quotes");
        }

        private static ScalarNode Plain(ref Utf8JsonReader reader, Mark mark, ScalarKind kind) =>
            new(mark, kind, Encoding.UTF8.GetString(reader.ValueSpan));

        private SequenceNode? Sequence(ref Utf8JsonReader reader, Mark mark, string path, int depth)
        {
            var sequence = new SequenceNode(mark);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (Read(ref reader, Paths.Item(path, sequence.Items.Count), depth + 1) is not { } item)
                {
                    return null;
                }

                sequence.Items.Add(item);
            }

            return sequence;
        }

        private MappingNode? Mapping(ref Utf8JsonReader reader, Mark mark, string path, int depth)
        {
            var mapping = new MappingNode(mark);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var keyMark = MarkAt((int)reader.TokenStartIndex);
                var key = Text(ref reader, keyMark, path);
                var keyPath = Paths.Key(path, key ?? "");
                reader.Read();
                if (Read(ref reader, keyPath, depth + 1) is not { } value)
                {
                    return null;
                }

                if (key is not null && !mapping.TryAdd(new Entry(key, keyMark, value)))
                {
                    findings.Add(keyMark, keyPath, $"is written twice; the first is at {mapping.Find(key)!.KeyMark}", allowed: "each key once");
                }
            }

            return mapping;
        }

        private string? Text(ref Utf8JsonReader reader, Mark mark, string path)
        {
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                findings.Add(mark, path, "holds half of a surrogate pair", allowed: "whole characters; \\uD83D\\uDE00 is one");
                return null;
            }
        }

        /// <summary>Tokens come in order, so that counting goes on from the last one.</summary>
        private Mark MarkAt(int offset)
        {
            for (; cursor < offset; cursor++)
            {
                if (bytes[cursor] == (byte)'\n')
                {
                    (line, column) = (line + 1, 1);
                }
                else if ((bytes[cursor] & 0xC0) != 0x80)
                {
                    column++;
                }
            }

            return Mark.InFile(file, line, column);
        }
    }
}
