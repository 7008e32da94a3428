using System.Threading.Channels;

namespace Trellis.Simulator.Connections;

/// <summary>The newest frame of something of which only the newest counts, shared by all who subscribed to it.</summary>
public sealed class LatestFrame
{
    private OutboundFrame? _frame;

    /// <summary>Null before the first.</summary>
    public OutboundFrame? Frame
    {
        get => Volatile.Read(ref _frame);
        set => Volatile.Write(ref _frame, value);
    }
}

/// <summary>One connection's place for <see cref="LatestFrame"/>: it waits in the queue at most once, and is sent as new as it then is.</summary>
public sealed class ConflatedSlot(LatestFrame source)
{
    private int _waiting;

    internal LatestFrame Source { get; } = source;

    /// <summary>True where it was not waiting yet.</summary>
    internal bool TryWait() => Interlocked.Exchange(ref _waiting, 1) == 0;

    internal OutboundFrame? Take()
    {
        Volatile.Write(ref _waiting, 0);
        Interlocked.MemoryBarrier();
        return Source.Frame;
    }
}

/// <summary>Frames that wait for one connection's sender: bounded, first in first out.</summary>
internal sealed class SendQueue(int maxFrames, long maxBytes)
{
    private readonly Channel<Waiting> _channel = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private long _bytes;
    private int _count;

    /// <summary>Frames that wait or are being sent.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>False where the bound is reached: whoever reads so slowly must go.</summary>
    public bool TryAdd(OutboundFrame frame) => TryAdd(new Waiting(frame, null), frame.Bytes.Length);

    /// <summary>Adds the newest frame of a source, unless it waits already.</summary>
    public bool TryAdd(ConflatedSlot slot) => !slot.TryWait() || TryAdd(new Waiting(null, slot), 0);

    public void Complete() => _channel.Writer.TryComplete();

    /// <summary>False where nothing more will come.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _channel.Reader.WaitToReadAsync(cancellation);

    /// <summary>The next frame; whoever took it says <see cref="Sent"/> when it has left.</summary>
    public bool TryTake(out OutboundFrame? frame)
    {
        if (!_channel.Reader.TryRead(out var next))
        {
            frame = null;
            return false;
        }

        frame = next.Frame ?? next.Slot?.Take();
        Interlocked.Add(ref _bytes, -(next.Frame?.Bytes.Length ?? 0));
        return true;
    }

    public void Sent(int frames) => Interlocked.Add(ref _count, -frames);

    private bool TryAdd(Waiting item, int bytes)
    {
        if (Interlocked.Increment(ref _count) > maxFrames || Interlocked.Add(ref _bytes, bytes) > maxBytes)
        {
            return false;
        }

        if (!_channel.Writer.TryWrite(item))
        {
            // The connection is closing; nobody waits for this frame any more.
            Interlocked.Decrement(ref _count);
        }

        return true;
    }

    private readonly record struct Waiting(OutboundFrame? Frame, ConflatedSlot? Slot);
}
