namespace Trellis.Simulator.Faults;

/// <summary>Who is told when streams must be closed, or what lets users listen ends. Safe to use from any thread.</summary>
internal sealed class FaultSignals
{
    private readonly Lock _gate = new();
    private Action<FaultSignal>[] _handlers = [];

    public void Add(Action<FaultSignal> handler)
    {
        lock (_gate)
        {
            Volatile.Write(ref _handlers, [.. _handlers, handler]);
        }
    }

    /// <summary>Calls the handlers outside of any lock.</summary>
    public void Raise(FaultSignal signal)
    {
        foreach (var handler in Volatile.Read(ref _handlers))
        {
            handler(signal);
        }
    }
}
