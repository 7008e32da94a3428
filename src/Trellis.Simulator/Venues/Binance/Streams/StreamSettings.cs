using Trellis.Simulator.Connections;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>What Binance's pages say of stream connections (Connect, general information; reference of August 2026).</summary>
public sealed record StreamSettings
{
    public ConnectionSettings Connection { get; init; } = new()
    {
        PingEvery = TimeSpan.FromMinutes(3),
        PongWithin = TimeSpan.FromMinutes(10),
        Life = TimeSpan.FromHours(24),
        FramesPerSecond = 10,
    };

    public int StreamsPerConnection { get; init; } = 1_024;

    /// <summary>How often the hub looks whether a stream is due; divides every stream's period.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromMilliseconds(50);
}
