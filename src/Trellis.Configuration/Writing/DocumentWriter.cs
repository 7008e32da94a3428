using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;

namespace Trellis.Configuration.Writing;

/// <summary>Saves a document so that loading it again gives an equal one. Secrets are left out unless asked for.</summary>
public static class DocumentWriter
{
    public static string ToYaml(Document document, bool revealSecrets = false) => ToYaml<Document>(document, revealSecrets);

    public static string ToJson(Document document, bool revealSecrets = false) => ToJson<Document>(document, revealSecrets);

    internal static string ToYaml<T>(T record, bool revealSecrets)
        where T : class => YamlText.Write(new TreeWriter(revealSecrets).Section(record, ShapeReader.Section<T>()));

    internal static string ToJson<T>(T record, bool revealSecrets)
        where T : class => JsonText.Write(new TreeWriter(revealSecrets).Section(record, ShapeReader.Section<T>()));
}
