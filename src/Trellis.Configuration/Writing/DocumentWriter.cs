using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Writing;

/// <summary>Saves a document so that loading it again gives an equal one. Secrets are left out unless asked for.</summary>
public static class DocumentWriter
{
    public static string ToYaml(Document document, bool revealSecrets = false) => ToYaml<Document>(document, revealSecrets);

    public static string ToJson(Document document, bool revealSecrets = false) => ToJson<Document>(document, revealSecrets);

    public static string ToIni(Document document, bool revealSecrets = false) => ToIni<Document>(document, revealSecrets);

    /// <summary>The format of a file by its extension: yaml, json or ini; null for any other.</summary>
    public static string? FormatOf(string path) => DocumentFormats.For(path)?.Name.ToLowerInvariant();

    /// <param name="document">What to save.</param>
    /// <param name="format">yaml, json or ini.</param>
    /// <param name="revealSecrets">Whether secrets are written too.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static string To(string format, Document document, bool revealSecrets = false) => format switch
    {
        "yaml" => ToYaml(document, revealSecrets),
        "json" => ToJson(document, revealSecrets),
        "ini" => ToIni(document, revealSecrets),
        _ => throw new ArgumentException($"{format} is not a format; allowed: yaml, json, ini", nameof(format)),
    };

    internal static string ToYaml<T>(T record, bool revealSecrets)
        where T : class => YamlText.Write(new TreeWriter(revealSecrets).Section(record, ShapeReader.Section<T>()));

    internal static string ToJson<T>(T record, bool revealSecrets)
        where T : class => JsonText.Write(new TreeWriter(revealSecrets).Section(record, ShapeReader.Section<T>()));

    internal static string ToIni<T>(T record, bool revealSecrets)
        where T : class => IniText.Write(new TreeWriter(revealSecrets).Section(record, ShapeReader.Section<T>()));
}
