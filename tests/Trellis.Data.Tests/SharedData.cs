namespace Trellis.Data.Tests;

/// <summary>Real market data beside the repository, where somebody has it; tests that need it skip with a word otherwise.</summary>
internal static class SharedData
{
    public static string? Root { get; } = Find();

    public static string[] Files(string folder)
    {
        Assert.SkipWhen(Root is null, "no real market data: neither ../shared/data nor TRELLIS_SHARED");
        return [.. Directory.EnumerateFiles(Path.Combine(Root!, folder), "*.csv.gz").Order(StringComparer.Ordinal)];
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TRELLIS_SHARED") is { Length: > 0 } shared)
        {
            return Path.Combine(shared, "data");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
