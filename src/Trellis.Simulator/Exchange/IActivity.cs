namespace Trellis.Simulator.Exchange;

/// <summary>What clients and their connections are doing, so that a market that goes step by step can wait for them. Read from any thread. The control API's own requests do not count: one of them waits for the market.</summary>
public interface IActivity
{
    /// <summary>Requests that have come and have no answer yet, over REST and the WebSocket API.</summary>
    int RequestsInFlight { get; }

    /// <summary>When the last request came or was answered, as a timestamp of the <see cref="TimeProvider"/>; 0 before the first.</summary>
    long LastRequest { get; }

    /// <summary>Stream messages that wait to be sent, over all connections.</summary>
    int QueuedFrames { get; }

    /// <summary>Connected streams of users' own accounts.</summary>
    int UserStreams { get; }

    /// <summary>Open connections of every kind.</summary>
    int Connections { get; }
}

/// <summary>Nobody is connected.</summary>
public sealed class NoActivity : IActivity
{
    public int RequestsInFlight => 0;

    public long LastRequest => 0;

    public int QueuedFrames => 0;

    public int UserStreams => 0;

    public int Connections => 0;
}
