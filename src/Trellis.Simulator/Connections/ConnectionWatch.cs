using System.Globalization;
using System.Text;

namespace Trellis.Simulator.Connections;

internal enum WatchVerdict
{
    Fine,
    Ping,

    /// <summary>No pong has come for too long.</summary>
    Silent,

    /// <summary>The connection has reached its age.</summary>
    Old,
}

/// <summary>Counts what a client sends, and knows when it must be pinged or has lived long enough.</summary>
internal sealed class ConnectionWatch
{
    private readonly TimeProvider _time;
    private readonly ConnectionServices _services;
    private readonly Queue<long> _recent = new();
    private readonly long _openedAt;
    private long _pingedAt;
    private long _heardAt;

    public ConnectionWatch(ConnectionServices services)
    {
        _services = services;
        _time = services.Time;
        _openedAt = _pingedAt = _heardAt = _time.GetTimestamp();
    }

    /// <summary>Counts a frame that came in; false where it is one too many within a second.</summary>
    public bool Count()
    {
        var limit = _services.Settings.FramesPerSecond;
        if (limit == 0)
        {
            return true;
        }

        var now = _time.GetTimestamp();
        while (_recent.Count > 0 && _time.GetElapsedTime(_recent.Peek(), now) >= TimeSpan.FromSeconds(1))
        {
            _recent.Dequeue();
        }

        _recent.Enqueue(now);
        return _recent.Count <= Math.Max(1, (int)(limit * _services.Faults.LimitFactor));
    }

    public void Pong() => Volatile.Write(ref _heardAt, _time.GetTimestamp());

    public WatchVerdict Check(out OutboundFrame? ping)
    {
        ping = null;
        var settings = _services.Settings;
        var now = _time.GetTimestamp();
        if (settings.Life > TimeSpan.Zero && _time.GetElapsedTime(_openedAt, now) >= settings.Life)
        {
            return WatchVerdict.Old;
        }

        if (settings.PingEvery == TimeSpan.Zero)
        {
            return WatchVerdict.Fine;
        }

        if (_time.GetElapsedTime(Volatile.Read(ref _heardAt), now) >= settings.PongWithin + settings.PingEvery)
        {
            return WatchVerdict.Silent;
        }

        if (_time.GetElapsedTime(_pingedAt, now) < settings.PingEvery)
        {
            return WatchVerdict.Fine;
        }

        _pingedAt = now;
        ping = OutboundFrame.Ping(Encoding.ASCII.GetBytes(_time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        return WatchVerdict.Ping;
    }
}
