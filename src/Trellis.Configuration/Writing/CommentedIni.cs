using System.Collections;
using System.Globalization;
using System.Text;
using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Tree;
using Trellis.Core.Options;

namespace Trellis.Configuration.Writing;

/// <summary>
/// The same as <see cref="CommentedYaml"/> as INI: every setting with its meaning above it, values before the sections inside,
/// those that are not set with a <c>#</c> in front.
/// </summary>
internal sealed class CommentedIni
{
    private const int Width = 110;

    private readonly StringBuilder text = new();

    public static string Write(Document document)
    {
        var writer = new CommentedIni();
        var shape = ShapeReader.Section<Document>();
        writer.Comment(shape.Meaning);
        writer.Comment("Lines that begin with # show what could be set; take the # away to set it. A number in a header is a place in a list.");
        writer.Section(shape, document, "", isSet: true);
        return writer.text.ToString();
    }

    private void Section(SectionShape shape, object? record, string header, bool isSet)
    {
        foreach (var setting in shape.Settings)
        {
            if (setting.Shape is ScalarShape scalar)
            {
                var value = ValueOf(setting, record);
                Comment(SettingText.Meaning(setting));
                Line(isSet && SettingText.IsSet(setting, value), $"{setting.Key} = {(SettingText.Shown(scalar, value, setting) is { } shown ? IniText.Scalar(shown) : "")}");
            }
        }

        foreach (var setting in shape.Settings)
        {
            var value = ValueOf(setting, record);
            var path = header.Length == 0 ? setting.Key : $"{header}.{setting.Key}";
            switch (setting.Shape)
            {
                case SectionShape section:
                    Open(path, setting.Meaning, isSet && SettingText.IsSet(setting, value));
                    Section(section, value, path, isSet && SettingText.IsSet(setting, value));
                    break;
                case NumbersShape:
                    Open(path, SettingText.Meaning(setting), isSet && SettingText.IsSet(setting, value));
                    Numbers(value is NamedNumbers { Entries.Count: > 0 } given ? given.ToString() : setting.Example ?? "", isSet && SettingText.IsSet(setting, value));
                    break;
                case ListShape { Item: SectionShape item }:
                    Items(item, value as IEnumerable, setting, path, isSet && SettingText.IsSet(setting, value));
                    break;
                case ListShape { Item: ScalarShape item }:
                    Open(path, SettingText.Meaning(setting), isSet && SettingText.IsSet(setting, value));
                    Values(SettingText.ShownItems(item, value, setting), isSet && SettingText.IsSet(setting, value));
                    break;
            }
        }
    }

    /// <param name="numbers">As <c>{name: number, name: number}</c>.</param>
    /// <param name="isSet">Whether they are set.</param>
    private void Numbers(string numbers, bool isSet)
    {
        foreach (var pair in numbers.Trim('{', '}', ' ').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Line(isSet, pair.Replace(":", " =", StringComparison.Ordinal));
        }
    }

    private void Values(IEnumerable<ScalarNode> values, bool isSet)
    {
        var index = 0;
        foreach (var value in values)
        {
            Line(isSet, string.Create(CultureInfo.InvariantCulture, $"{index++} = {IniText.Scalar(value)}"));
        }
    }

    private void Items(SectionShape shape, IEnumerable? records, Setting setting, string path, bool isSet)
    {
        var index = 0;
        foreach (var record in records?.Cast<object?>() ?? [null])
        {
            var header = string.Create(CultureInfo.InvariantCulture, $"{path}.{index++}");
            Open(header, setting.Meaning, isSet);
            Section(shape, record, header, isSet);
        }
    }

    private void Open(string path, string meaning, bool isSet)
    {
        text.Append('\n');
        Comment(meaning);
        Line(isSet, $"[{path}]");
    }

    private void Line(bool isSet, string line) => text.Append(isSet ? "" : "#").Append(line).Append('\n');

    private void Comment(string words)
    {
        var line = new StringBuilder(";");
        foreach (var word in words.Split(' '))
        {
            if (line.Length > 1 && line.Length + word.Length >= Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(';');
            }

            line.Append(' ').Append(word);
        }

        text.Append(line).Append('\n');
    }

    private static object? ValueOf(Setting setting, object? record) => record is null ? null : setting.Property.GetValue(record);
}
