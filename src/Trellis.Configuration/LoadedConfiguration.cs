using Trellis.Configuration.Model;

namespace Trellis.Configuration;

/// <summary>A document that has passed every check, and where each of its settings was written.</summary>
/// <param name="Document">The settings.</param>
/// <param name="Sources">Where they were written.</param>
/// <param name="Path">The file.</param>
public sealed record LoadedConfiguration(Document Document, SourceMap Sources, string Path)
{
    /// <summary>A path from the document, such as a funding file, as seen from the working directory.</summary>
    public string Locate(string relative) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? "", relative);
}
