using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Trellis.Core;

namespace Trellis.Simulator.Markets;

/// <summary>Where in time a market was put when it first started: what a restart must know to go on with the same market.</summary>
/// <param name="FirstOpen">Market time at which candle 0, the first of the history, opens; Unix milliseconds.</param>
/// <param name="Shift">Market time less the data's time, in milliseconds.</param>
/// <param name="FollowsTheDay">Whether it was put at the time of day, so that at 1x it goes on from now when it comes back.</param>
/// <param name="Market">What moves the prices, in words that are equal for equal markets.</param>
public sealed record MarketAnchor(
    [property: JsonPropertyName("first_open")] long FirstOpen,
    [property: JsonPropertyName("shift")] long Shift,
    [property: JsonPropertyName("follows_the_day")] bool FollowsTheDay,
    [property: JsonPropertyName("market")] string Market)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="DataException">The bytes are not what <see cref="ToBytes"/> gave.</exception>
    public static MarketAnchor FromBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<MarketAnchor>(bytes) ?? throw Unreadable(bytes, null);
        }
        catch (JsonException error)
        {
            throw Unreadable(bytes, error);
        }
    }

    private static DataException Unreadable(ReadOnlySpan<byte> bytes, JsonException? inner) => new(
        string.Create(CultureInfo.InvariantCulture, $"the kept place of the market is not readable ({bytes.Length} bytes: '{Encoding.UTF8.GetString(bytes[..Math.Min(60, bytes.Length)])}'); begin with a new state file"),
        inner);
}
