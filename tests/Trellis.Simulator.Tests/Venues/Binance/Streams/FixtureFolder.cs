using System.Text.Json;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

/// <summary>Recorded messages, where they are at hand: in shared/fixtures beside the repository, or under TRELLIS_SHARED.</summary>
internal static class FixtureFolder
{
    private static readonly string? Root = Find();

    /// <summary>A recorded message without its wrapping; of an array, the first.</summary>
    public static JsonElement Stream(string file)
    {
        Assert.SkipWhen(Root is null, "no recorded messages: neither ../shared/fixtures nor TRELLIS_SHARED");
        var message = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Root!, "binance", "ws", file)));
        message = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("data", out var data) ? data : message;
        return message.ValueKind == JsonValueKind.Array ? message[0] : message;
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
