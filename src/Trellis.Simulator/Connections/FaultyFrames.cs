using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Connections;

/// <summary>Frames that a fault drops, repeats, delays or lets be overtaken, on their way into the queue.</summary>
internal sealed class FaultyFrames : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _swapWithin;
    private readonly Action<OutboundFrame> _forward;
    private readonly PriorityQueue<OutboundFrame, (long Due, long Order)> _delayed = new();
    private readonly ITimer _timer;
    private OutboundFrame? _held;
    private long _heldAt;
    private long _order;
    private int _count;
    private bool _disposed;

    /// <param name="swapWithin">A frame that waits to be overtaken goes after this time even so.</param>
    public FaultyFrames(TimeProvider time, TimeSpan swapWithin, Action<OutboundFrame> forward)
    {
        _time = time;
        _swapWithin = swapWithin;
        _forward = forward;
        _timer = time.CreateTimer(static state => ((FaultyFrames)state!).Release(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Frames that are held back.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Pass(OutboundFrame frame, FrameFault fault)
    {
        if (fault == FrameFault.None && Count == 0)
        {
            _forward(frame);
            return;
        }

        lock (_gate)
        {
            for (var copy = 0; copy < fault.Copies; copy++)
            {
                if (fault.Delay > TimeSpan.Zero)
                {
                    _delayed.Enqueue(frame, (_time.GetTimestamp() + (long)(fault.Delay.TotalSeconds * _time.TimestampFrequency), _order++));
                    _count++;
                }
                else if (fault.SwapWithNext && _held is null)
                {
                    (_held, _heldAt) = (frame, _time.GetTimestamp());
                    _count++;
                }
                else
                {
                    _forward(frame);
                    ReleaseHeld();
                }
            }

            Arm();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _delayed.Clear();
            _held = null;
            _count = 0;
        }

        _timer.Dispose();
    }

    private void Release()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            while (_delayed.TryPeek(out var frame, out var priority) && priority.Due <= now)
            {
                _delayed.Dequeue();
                _count--;
                _forward(frame);
            }

            if (_held is not null && _time.GetElapsedTime(_heldAt, now) >= _swapWithin)
            {
                ReleaseHeld();
            }

            Arm();
        }
    }

    private void ReleaseHeld()
    {
        if (_held is { } held)
        {
            _held = null;
            _count--;
            _forward(held);
        }
    }

    private void Arm()
    {
        var now = _time.GetTimestamp();
        var wait = _held is null ? Timeout.InfiniteTimeSpan : _swapWithin - _time.GetElapsedTime(_heldAt, now);
        if (_delayed.TryPeek(out _, out var next))
        {
            var untilNext = _time.GetElapsedTime(now, Math.Max(now, next.Due));
            wait = _held is null || untilNext < wait ? untilNext : wait;
        }

        if (!_disposed && _count > 0)
        {
            // A timer fires no earlier than a whole millisecond, and a rounded wait must not end just before the frame is due.
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
        }
    }
}
