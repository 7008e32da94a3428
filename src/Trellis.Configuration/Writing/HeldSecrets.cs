using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Writing;

/// <summary>A secret that a document holds.</summary>
/// <param name="Path">Such as <c>exchange.api_secret</c>.</param>
/// <param name="Variable">The environment variable that can give it instead, such as <c>TRELLIS__EXCHANGE__API_SECRET</c>.</param>
public sealed record HeldSecret(string Path, string Variable);

/// <summary>Finds the secrets of a document, without their values.</summary>
public static class HeldSecrets
{
    /// <summary>In the order of the document; those in lists are not looked for, since no setting of theirs is secret.</summary>
    public static IReadOnlyList<HeldSecret> Of(Document document) => [.. In(document, ShapeReader.Section<Document>(), "")];

    private static IEnumerable<HeldSecret> In(object record, SectionShape shape, string path) => shape.Settings.SelectMany(setting =>
    {
        var at = Paths.Key(path, setting.Key);
        return setting.Property.GetValue(record) switch
        {
            { } value when setting.Shape is SectionShape section => In(value, section, at),
            not null when setting.IsSecret => [new HeldSecret(at, EnvironmentOverrides.NameOf(at))],
            _ => [],
        };
    });
}
