namespace Trellis.Simulator.Connections;

/// <summary>What a venue demands of a WebSocket connection and offers to it.</summary>
public sealed record ConnectionSettings
{
    /// <summary>How often the server pings; zero for never.</summary>
    public TimeSpan PingEvery { get; init; }

    /// <summary>A client from which no pong has come for so long, although it was pinged, is disconnected.</summary>
    public TimeSpan PongWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A connection is closed at this age; zero for never.</summary>
    public TimeSpan Life { get; init; }

    /// <summary>Frames that may come within a second, pings and pongs among them; 0 for no limit.</summary>
    public int FramesPerSecond { get; init; }

    /// <summary>A client that leaves more than this many frames unread is disconnected.</summary>
    public int MaxQueuedFrames { get; init; } = 4_096;

    /// <summary>A client that leaves more than this many bytes unread is disconnected.</summary>
    public long MaxQueuedBytes { get; init; } = 4 << 20;

    /// <summary>A client that takes nothing for so long, although something is being sent to it, is disconnected.</summary>
    public TimeSpan ReadWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest message that a client may send, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 256 << 10;

    /// <summary>How long a client may take to answer a close frame.</summary>
    public TimeSpan CloseWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a frame waits at most for the one that a fault lets overtake it.</summary>
    public TimeSpan SwapWithin { get; init; } = TimeSpan.FromSeconds(1);
}
