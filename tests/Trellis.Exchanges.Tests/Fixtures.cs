using System.Text.Json;

namespace Trellis.Exchanges.Tests;

/// <summary>Messages of the real exchanges beside the repository, where somebody has them; tests that need them skip with a word otherwise.</summary>
internal static class Fixtures
{
    public static string? Root { get; } = Find();

    public static JsonElement Read(string path)
    {
        Assert.SkipWhen(Root is null, "no messages of the real exchange: neither ../shared/fixtures nor TRELLIS_SHARED");
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(Root!, path))).RootElement;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TRELLIS_SHARED") is { Length: > 0 } shared)
        {
            return Path.Combine(shared, "fixtures");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "fixtures");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
