using System.Globalization;
using System.Text;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Writing;

/// <summary>Writes a tree as block-style YAML that <see cref="YamlReader"/> reads back to an equal tree.</summary>
internal static class YamlText
{
    public static string Write(MappingNode root)
    {
        var text = new StringBuilder();
        Mapping(text, root, 0, firstPrefix: null);
        return text.ToString();
    }

    /// <summary>A scalar as it stands behind <c>key: </c>.</summary>
    public static string Scalar(ScalarNode scalar) => scalar.Kind == ScalarKind.Text && !IsSafePlain(scalar.Text) ? Quote(scalar.Text) : scalar.Text;

    /// <summary>Double-quoted text, legal in YAML and in JSON.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or '\\')
            {
                quoted.Append('\\').Append(character);
            }
            else if (char.IsControl(character) || character is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF')
            {
                quoted.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                quoted.Append(character);
            }
        }

        return quoted.Append('"').ToString();
    }

    private static void Mapping(StringBuilder text, MappingNode mapping, int indent, string? firstPrefix)
    {
        foreach (var entry in mapping.Entries)
        {
            text.Append(firstPrefix ?? new string(' ', indent)).Append(entry.Key).Append(':');
            firstPrefix = null;
            Value(text, entry.Value, indent);
        }
    }

    private static void Value(StringBuilder text, Node value, int indent)
    {
        switch (value)
        {
            case ScalarNode scalar:
                text.Append(' ').Append(Scalar(scalar)).Append('\n');
                break;
            case MappingNode { Entries.Count: 0 }:
                text.Append(" {}\n");
                break;
            case MappingNode mapping:
                text.Append('\n');
                Mapping(text, mapping, indent + 2, firstPrefix: null);
                break;
            case SequenceNode { Items.Count: 0 }:
                text.Append(" []\n");
                break;
            case SequenceNode sequence:
                text.Append('\n');
                foreach (var item in sequence.Items)
                {
                    Item(text, item, indent + 2);
                }

                break;
        }
    }

    private static void Item(StringBuilder text, Node item, int indent)
    {
        var dash = new string(' ', indent) + "- ";
        if (item is MappingNode { Entries.Count: > 0 } mapping)
        {
            Mapping(text, mapping, indent + 2, dash);
        }
        else
        {
            text.Append(dash, 0, dash.Length - 1);
            Value(text, item, indent);
        }
    }

    private static bool IsSafePlain(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/')
        && YamlScalars.KindOf(text) == ScalarKind.Text;
}
