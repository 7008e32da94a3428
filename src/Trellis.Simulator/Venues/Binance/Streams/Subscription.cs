using Trellis.Simulator.Connections;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>A session's interest in a stream.</summary>
internal sealed class Subscription(StreamSession session, StreamSource source)
{
    public StreamSession Session { get; } = session;

    public StreamSource Source { get; } = source;

    /// <summary>Its places in the queue where only the newest message counts; each form of the message has its own.</summary>
    public ConflatedSlot RawSlot { get; } = new(source.LatestRaw);

    public ConflatedSlot CombinedSlot { get; } = new(source.LatestCombined);
}
