using System.Globalization;
using System.Text;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Writing;

/// <summary>Writes a tree as INI that <see cref="IniReader"/> reads back to an equal tree: values first, then a header for each section.</summary>
internal static class IniText
{
    public static string Write(MappingNode root)
    {
        var text = new StringBuilder();
        Section(text, root, "");
        return text.ToString();
    }

    /// <summary>A scalar as it stands behind <c>key = </c>.</summary>
    public static string Scalar(ScalarNode scalar) => scalar.Kind switch
    {
        ScalarKind.Null => "",
        ScalarKind.Text when !IniScalars.IsSafePlain(scalar.Text) => YamlText.Quote(scalar.Text),
        _ => scalar.Text,
    };

    private static void Section(StringBuilder text, MappingNode section, string header)
    {
        foreach (var (key, value) in section.Entries.Select(entry => (entry.Key, Value(entry.Value))))
        {
            if (value is not null)
            {
                text.Append(key).Append(value.Length == 0 ? " =" : " = ").Append(value).Append('\n');
            }
        }

        foreach (var entry in section.Entries)
        {
            Inside(text, entry.Value, header.Length == 0 ? entry.Key : $"{header}.{entry.Key}");
        }
    }

    private static void Inside(StringBuilder text, Node value, string header)
    {
        switch (value)
        {
            case MappingNode { Entries.Count: > 0 } mapping:
                text.Append(text.Length > 0 ? "\n[" : "[").Append(header).Append("]\n");
                Section(text, mapping, header);
                break;
            case SequenceNode { Items.Count: > 0 } sequence when sequence.Items.TrueForAll(item => item is ScalarNode):
                text.Append(text.Length > 0 ? "\n[" : "[").Append(header).Append("]\n");
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{i} = {Scalar((ScalarNode)sequence.Items[i])}\n");
                }

                break;
            case SequenceNode { Items.Count: > 0 } sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    Entry(text, sequence.Items[i], string.Create(CultureInfo.InvariantCulture, $"{header}.{i}"));
                }

                break;
        }
    }

    /// <summary>An entry of a list has a header even where it holds nothing.</summary>
    private static void Entry(StringBuilder text, Node item, string header)
    {
        if (item is MappingNode { Entries.Count: 0 })
        {
            text.Append(text.Length > 0 ? "\n[" : "[").Append(header).Append("]\n");
        }
        else
        {
            Inside(text, item, header);
        }
    }

    /// <summary>What stands behind the equals sign; null for what has a header of its own.</summary>
    private static string? Value(Node value) => value switch
    {
        ScalarNode scalar => Scalar(scalar),
        MappingNode { Entries.Count: 0 } => "{}",
        SequenceNode { Items.Count: 0 } => "[]",
        _ => null,
    };
}
