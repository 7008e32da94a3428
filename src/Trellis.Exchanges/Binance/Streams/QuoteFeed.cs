using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Takes best quotes off their connection. The path of every message: it allocates nothing.</summary>
internal sealed class QuoteFeed(SymbolLookup lookup, IMarketSink sink, TimeProvider time, TimeSpan silenceLimit, StreamStatus status, int connection) : IStreamEvents
{
    private bool _isUp;
    private bool _toldUnreadable;
    private long _unreadable;
    private long _lastData;

    public long Unreadable => Volatile.Read(ref _unreadable);

    public long LastData => Volatile.Read(ref _lastData);

    public void Opened() => (_isUp, _toldUnreadable) = (false, false);

    public void Frame(ReadOnlySpan<byte> frame)
    {
        if (!QuoteFrame.TryRead(frame, out var quote))
        {
            Other(frame);
            return;
        }

        Volatile.Write(ref _lastData, time.GetUtcNow().ToUnixTimeMilliseconds());
        var index = lookup.Find(quote.Symbol);
        if (index < 0)
        {
            return;
        }

        if (!_isUp)
        {
            _isUp = true;
            status.Up(connection);
        }

        sink.Quote(lookup.Instruments[index], quote.Bid, quote.Ask, quote.Time);
    }

    public void Lost(string why)
    {
        _isUp = false;
        status.Down(connection, why);
    }

    public string? Check(TimeSpan sinceData) => sinceData > silenceLimit ? $"nothing came for {sinceData.TotalSeconds:0.#} s" : null;

    /// <summary>Answers to requests and events of other kinds are none of ours; what is no message at all may have been a quote.</summary>
    private void Other(ReadOnlySpan<byte> frame)
    {
        if (WireMessage.TryParse(frame, out var document, out var message))
        {
            using (document)
            {
                if (message.TextOrEmpty("e") != "bookTicker")
                {
                    return;
                }
            }
        }

        Interlocked.Increment(ref _unreadable);
        if (!_toldUnreadable)
        {
            // The next quote that can be read says that it is back.
            _toldUnreadable = true;
            Lost("quotes: a message could not be read");
        }
    }
}
