namespace Trellis.Research.Tests.Vectors;

/// <summary>Where the repository keeps what these tests share with other implementations.</summary>
internal static class GridVectors
{
    public static string Root { get; } = FindRoot();

    public static string Folder => Path.Combine(Root, "docs", "vectors", "grid");

    public static IEnumerable<TheoryDataRow<string>> All() =>
        Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(path => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(path)));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Trellis.slnx")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("the repository's root is not above the tests");
    }
}
