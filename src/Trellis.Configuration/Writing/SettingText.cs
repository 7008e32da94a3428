using System.Collections;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Writing;

/// <summary>What a commented document says of a setting.</summary>
internal static class SettingText
{
    public static bool IsSet(Setting setting, object? value) => setting.IsRequired || (value is not null && !value.Equals(setting.Default));

    /// <summary>What it means and what it can be.</summary>
    public static string Meaning(Setting setting) => $"{setting.Meaning} ({Expectations.Kind(setting)}{(setting.IsRequired ? "; required" : "")})";

    /// <summary>Its value, else its default, else its example; null where there is none of them.</summary>
    public static ScalarNode? Shown(ScalarShape shape, object? value, Setting setting)
    {
        value ??= setting.Default;
        if (value is null && shape.Format.TryRead(new ScalarNode(default, ScalarKind.Untyped, setting.Example ?? ""), out var example, out _))
        {
            value = example;
        }

        return value is null ? null : shape.Format.Write(value);
    }

    /// <summary>The values of a list; its example where there is none.</summary>
    public static IEnumerable<ScalarNode> ShownItems(ScalarShape shape, object? values, Setting setting) =>
        values is IEnumerable given ? given.Cast<object>().Select(shape.Format.Write)
        : Shown(shape, null, setting) is { } example ? [example] : [];
}
