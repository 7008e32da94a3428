namespace Trellis.Simulator.Tests;

/// <summary>Real market data beside the repository, where somebody has it; tests that need it skip with a word otherwise.</summary>
internal static class SharedData
{
    public static string? Root { get; } = Find();

    public static string File(string folder, string name)
    {
        Assert.SkipWhen(Root is null, "no real market data: neither ../shared/data nor TRELLIS_SHARED");
        return Path.Combine(Root!, folder, name);
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
