namespace Trellis.Simulator.Faults;

/// <summary>A request that a fault may meet.</summary>
/// <param name="Method">HTTP method in upper case, or <c>WS</c> for a method of the WebSocket API.</param>
/// <param name="Path">Path without query, or the WebSocket API's method.</param>
/// <param name="IsOrder">Whether it places, amends or cancels orders.</param>
/// <param name="IsReduceOnly">Whether it can only reduce risk (cancels count).</param>
public readonly record struct RequestFacts(string Method, string Path, bool IsOrder, bool IsReduceOnly);

public enum RequestFault : byte
{
    None,

    /// <summary>The connection breaks before the request is carried out.</summary>
    Disconnect,

    /// <summary>5xx: certainly not carried out.</summary>
    Overloaded,

    /// <summary>5xx before it was carried out: the client cannot know.</summary>
    UnknownNotExecuted,
}

public enum AnswerFault : byte
{
    None,

    /// <summary>It was carried out, and the connection breaks instead of an answer.</summary>
    Lost,

    /// <summary>It was carried out, and the answer is a 5xx of unknown outcome.</summary>
    UnknownExecuted,

    /// <summary>The answer is cut in the middle.</summary>
    Garbled,
}

/// <summary>A message that is about to leave on a stream.</summary>
/// <param name="Stream">The stream's name on the venue's wire, or the event's on a user stream.</param>
/// <param name="IsUserData">Whether it is of a user's own account.</param>
public readonly record struct FrameFacts(string Stream, bool IsUserData);

/// <summary>What happens to a message: how often it is sent (0 drops it), after which delay, and whether the next one overtakes it.</summary>
public readonly record struct FrameFault(int Copies, TimeSpan Delay, bool SwapWithNext)
{
    public static FrameFault None => new(1, TimeSpan.Zero, false);
}

/// <summary>Where the wire asks whether something is to go wrong. With no faults, every answer is none.</summary>
public interface IFaultPoints
{
    RequestFault BeforeRequest(in RequestFacts facts, out TimeSpan delay);

    AnswerFault AfterRequest(in RequestFacts facts, out TimeSpan delay);

    FrameFault OnFrame(in FrameFacts facts);

    /// <summary>Connections stay up and answer pings, but no data flows.</summary>
    bool StreamsAreSilent(bool userData);

    /// <summary>Added to the time of day, in milliseconds.</summary>
    long ClockSkew { get; }

    /// <summary>Rate limits are multiplied by this: below 1 is a squeeze.</summary>
    double LimitFactor { get; }

    /// <summary>Every request is refused and every stream closed.</summary>
    bool InMaintenance { get; }

    /// <summary>No key may do anything, as after its owner has withdrawn its rights or the address it may be used from.</summary>
    bool KeysAreWithdrawn => false;

    /// <summary>Every address is shut out until then, Unix milliseconds.</summary>
    long BannedUntil => 0;

    /// <summary>Calls the handler whenever streams must be closed or what lets users listen to their own events ends.</summary>
    void OnSignal(Action<FaultSignal> handler);
}

public enum FaultSignal : byte
{
    CloseAllStreams,
    CloseUserStreams,
    ExpireUserStreams,
}

/// <summary>Nothing goes wrong.</summary>
public sealed class NoFaults : IFaultPoints
{
    public long ClockSkew => 0;

    public double LimitFactor => 1;

    public bool InMaintenance => false;

    public RequestFault BeforeRequest(in RequestFacts facts, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        return RequestFault.None;
    }

    public AnswerFault AfterRequest(in RequestFacts facts, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        return AnswerFault.None;
    }

    public FrameFault OnFrame(in FrameFacts facts) => FrameFault.None;

    public bool StreamsAreSilent(bool userData) => false;

    public void OnSignal(Action<FaultSignal> handler)
    {
    }
}
