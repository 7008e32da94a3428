using System.Collections;
using System.Text;
using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Core.Options;

namespace Trellis.Configuration.Writing;

/// <summary>
/// Writes a document with every setting that exists: each with its meaning above it, those that are not set with a
/// <c>#</c> in front, so that taking the <c>#</c> away sets them.
/// </summary>
internal sealed class CommentedYaml
{
    private const int Width = 110;

    private readonly List<Line> lines = [];

    public static string Write(Document document)
    {
        var writer = new CommentedYaml();
        var shape = ShapeReader.Section<Document>();
        writer.Comment(0, null, shape.Meaning);
        writer.Comment(0, null, "Lines that begin with # and a key show what could be set; take the # away to set it.");
        writer.Section(shape, document, 0, null);
        return string.Concat(writer.lines.Select(line => line.Render()));
    }

    /// <param name="shape">What the section can hold.</param>
    /// <param name="record">What it holds; null shows examples.</param>
    /// <param name="indent">Spaces in front of its keys.</param>
    /// <param name="hash">Where the # of a block stands that is not set; null in a block that is.</param>
    private void Section(SectionShape shape, object? record, int indent, int? hash)
    {
        foreach (var setting in shape.Settings)
        {
            var value = record is null ? null : setting.Property.GetValue(record);
            var isSet = SettingText.IsSet(setting, value);
            var mark = hash ?? (isSet ? null : indent);
            if (indent == 0)
            {
                lines.Add(new Line(0, null, ""));
            }

            Comment(indent, hash, setting.Shape is ScalarShape or NumbersShape or ListShape { Item: ScalarShape } ? SettingText.Meaning(setting) : setting.Meaning);
            switch (setting.Shape)
            {
                case ScalarShape scalar:
                    lines.Add(new Line(indent, mark, $"{setting.Key}: {(SettingText.Shown(scalar, value, setting) is { } shown ? YamlText.Scalar(shown) : "")}"));
                    break;
                case NumbersShape:
                    var numbers = value is NamedNumbers { Entries.Count: > 0 } given ? given.ToString() : setting.Example;
                    lines.Add(new Line(indent, mark, $"{setting.Key}: {numbers}"));
                    break;
                case SectionShape section:
                    lines.Add(new Line(indent, mark, $"{setting.Key}:"));
                    Section(section, value, indent + 2, mark);
                    break;
                case ListShape { Item: SectionShape item }:
                    lines.Add(new Line(indent, mark, $"{setting.Key}:"));
                    Items(item, value as IEnumerable, indent + 2, mark);
                    break;
                case ListShape { Item: ScalarShape item }:
                    lines.Add(new Line(indent, mark, $"{setting.Key}:"));
                    lines.AddRange(SettingText.ShownItems(item, value, setting).Select(shown => new Line(indent + 2, mark, $"- {YamlText.Scalar(shown)}")));
                    break;
            }
        }
    }

    private void Items(SectionShape shape, IEnumerable? records, int indent, int? hash)
    {
        foreach (var record in records?.Cast<object?>() ?? [null])
        {
            var first = lines.Count;
            Section(shape, record, indent + 2, hash);
            var key = lines.FindIndex(first, line => !line.IsComment);
            lines[key] = lines[key] with { Indent = indent, Text = $"- {lines[key].Text}" };
        }
    }

    private void Comment(int indent, int? hash, string text)
    {
        var line = new StringBuilder("#");
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 1 && indent + line.Length + word.Length >= Width)
            {
                lines.Add(new Line(indent, hash, line.ToString()));
                line.Clear().Append('#');
            }

            line.Append(' ').Append(word);
        }

        lines.Add(new Line(indent, hash, line.ToString()));
    }

    private sealed record Line(int Indent, int? Hash, string Text)
    {
        public bool IsComment => Text.Length == 0 || Text[0] == '#';

        public string Render() => Text.Length == 0 ? "\n"
            : Hash is { } at ? $"{new string(' ', at)}#{new string(' ', Indent - at)}{Text}\n"
            : $"{new string(' ', Indent)}{Text}\n";
    }
}
