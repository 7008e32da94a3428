namespace Trellis.Configuration.Tree;

/// <summary>Reads one format into the neutral tree. A new format is a new reader in <see cref="DocumentFormats"/>.</summary>
internal interface IDocumentReader
{
    /// <summary>Name for messages.</summary>
    string Name { get; }

    /// <summary>With the dot, in lower case.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>The tree, or null where the text can't be read at all; what is wrong goes to <paramref name="findings"/>.</summary>
    Node? Read(string file, string text, Findings findings);
}
