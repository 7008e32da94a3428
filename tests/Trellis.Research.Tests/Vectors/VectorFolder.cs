namespace Trellis.Research.Tests.Vectors;

/// <summary>Where the repository keeps what these tests share with other implementations.</summary>
internal static class VectorFolder
{
    public static string Root { get; } = FindRoot();

    public static string Of(string strategy) => Path.Combine(Root, "docs", "vectors", strategy);

    /// <summary>Every vector of a strategy, as <c>grid/neutral</c>.</summary>
    public static IEnumerable<TheoryDataRow<string>> Names(string strategy) =>
        Directory.EnumerateFiles(Of(strategy), "*.json").Order(StringComparer.Ordinal).Select(path => new TheoryDataRow<string>($"{strategy}/{Path.GetFileNameWithoutExtension(path)}"));

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
