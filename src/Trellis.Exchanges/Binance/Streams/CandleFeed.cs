using System.Collections.Concurrent;
using System.Text;
using Trellis.Exchanges.Binance.Json;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Takes closed candles off their connection, and notes whose candles have to be fetched.</summary>
internal sealed class CandleFeed(SymbolLookup lookup, CandleKeeper[] keepers, string interval, TimeProvider time, TimeSpan silenceLimit, StreamStatus status, int connection) : IStreamEvents
{
    private readonly ConcurrentDictionary<int, bool> _missing = new();
    private bool _isUp;
    private bool _toldUnreadable;
    private long _unreadable;
    private long _lastData;

    public long Unreadable => Volatile.Read(ref _unreadable);

    public long LastData => Volatile.Read(ref _lastData);

    /// <summary>Indices of instruments of which candles are missing; taken once.</summary>
    public IReadOnlyList<int> TakeMissing() => [.. _missing.Keys.Where(index => _missing.TryRemove(index, out _))];

    /// <summary>An instrument's candles could not be fetched yet.</summary>
    public void StillMissing(int index) => _missing[index] = true;

    public void Opened()
    {
        (_isUp, _toldUnreadable) = (false, false);
        for (var index = 0; index < keepers.Length; index++)
        {
            // Whatever closed while there was no connection.
            _missing[index] = true;
        }
    }

    public void Frame(ReadOnlySpan<byte> frame)
    {
        if (!WireMessage.TryParse(frame, out var document, out var message))
        {
            NoteUnreadable("no JSON");
            return;
        }

        using (document)
        {
            try
            {
                Volatile.Write(ref _lastData, time.GetUtcNow().ToUnixTimeMilliseconds());
                Take(KlineFrame.Read(message));
            }
            catch (WireFormatException error)
            {
                NoteUnreadable(error.Message);
                return;
            }
        }

        if (!_isUp)
        {
            _isUp = true;
            status.Up(connection);
        }
    }

    public void Lost(string why)
    {
        _isUp = false;
        status.Down(connection, why);
    }

    public string? Check(TimeSpan sinceData) => sinceData > silenceLimit ? $"nothing came for {sinceData.TotalSeconds:0.#} s" : null;

    private void Take(KlineFrame? kline)
    {
        if (kline is not { IsClosed: true } closed || closed.Interval != interval)
        {
            return;
        }

        Span<byte> name = stackalloc byte[64];
        var index = closed.Symbol.Length <= name.Length && Encoding.UTF8.TryGetBytes(closed.Symbol, name, out var length) ? lookup.Find(name[..length]) : -1;
        if (index >= 0 && !keepers[index].Closed(closed.Candle))
        {
            _missing[index] = true;
        }
    }

    private void NoteUnreadable(string why)
    {
        Interlocked.Increment(ref _unreadable);
        if (!_toldUnreadable)
        {
            _toldUnreadable = true;
            Lost($"candles: a message could not be read: {why}");
        }
    }
}
