namespace Trellis.Simulator.Exchange;

/// <summary>Counts what clients and their connections are doing. Requests are told as they come and go; a venue says how its streams stand.</summary>
public sealed class ClientActivity(TimeProvider time) : IActivity
{
    private Func<int> _queuedFrames = static () => 0;
    private Func<int> _userStreams = static () => 0;
    private Func<int> _connections = static () => 0;
    private int _inFlight;
    private long _last;

    public int RequestsInFlight => Volatile.Read(ref _inFlight);

    public long LastRequest => Volatile.Read(ref _last);

    public int QueuedFrames => _queuedFrames();

    public int UserStreams => _userStreams();

    public int Connections => _connections();

    /// <summary>Says how to ask a venue for its streams; each is asked from any thread.</summary>
    public void Watch(Func<int> queuedFrames, Func<int> userStreams, Func<int> connections)
    {
        _queuedFrames = queuedFrames;
        _userStreams = userStreams;
        _connections = connections;
    }

    /// <summary>A request has come; dispose of the value when it has its answer.</summary>
    public RequestMark Begin()
    {
        Interlocked.Increment(ref _inFlight);
        Volatile.Write(ref _last, time.GetTimestamp());
        return new RequestMark(this);
    }

    private void End()
    {
        Volatile.Write(ref _last, time.GetTimestamp());
        Interlocked.Decrement(ref _inFlight);
    }

    /// <summary>A request in flight.</summary>
    public readonly struct RequestMark(ClientActivity activity) : IDisposable
    {
        public void Dispose() => activity.End();
    }
}
