namespace Trellis.Configuration.Tree;

/// <summary>The formats a document can have, by the extension of its file.</summary>
internal static class DocumentFormats
{
    private static readonly IDocumentReader[] Readers = [new YamlReader(), new JsonReader(), new IniReader()];

    public static string Allowed { get; } = string.Join(", ", Readers.SelectMany(reader => reader.Extensions));

    public static IDocumentReader? For(string path)
    {
        var extension = Path.GetExtension(path);
        return Readers.FirstOrDefault(reader => reader.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }
}
