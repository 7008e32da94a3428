using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.MarketData;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>
/// Quotes and closed candles of some instruments: two connections, since best quotes come through one door and candles through another, and
/// polling while either is down.
/// </summary>
internal sealed class MarketStream
{
    private const int QuoteConnection = 0;
    private const int CandleConnection = 1;

    private readonly BinanceAddresses _addresses;
    private readonly AdapterOptions _options;
    private readonly TimeProvider _time;
    private readonly StreamStatus _status;
    private readonly QuoteFeed _quotes;
    private readonly CandleFeed _candles;
    private readonly MarketPoller _poller;
    private readonly IReadOnlyList<InstrumentId> _instruments;
    private readonly Interval _interval;

    public MarketStream(
        BinanceAddresses addresses, AdapterOptions options, BinanceMarketData market, ExchangeClock clock, TimeProvider time, IReadOnlyList<InstrumentId> instruments, Interval interval, IMarketSink sink)
    {
        (_addresses, _options, _time, _instruments, _interval) = (addresses, options, time, instruments, interval);
        _status = new StreamStatus(options.PollOnly ? 1 : 2, sink.Lost, sink.Restored);
        var lookup = new SymbolLookup(instruments);
        var keepers = instruments.Select(instrument => new CandleKeeper(instrument, interval, market, sink, time)).ToArray();
        _quotes = new QuoteFeed(lookup, sink, time, options.SilenceLimit, _status, QuoteConnection);
        _candles = new CandleFeed(lookup, keepers, interval.ToString(), time, options.SilenceLimit, _status, CandleConnection);
        _poller = new MarketPoller(market, clock, time, options, instruments, keepers, sink, _status, _candles);
    }

    public bool IsUp => _status.IsUp;

    /// <summary>When data last came, our clock in Unix milliseconds; 0 before.</summary>
    public long LastData => Math.Max(Math.Max(_quotes.LastData, _candles.LastData), _poller.LastData);

    /// <summary>Messages that could not be read.</summary>
    public long Unreadable => _quotes.Unreadable + _candles.Unreadable;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_instruments.Count == 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var parts = new List<Task> { _poller.RunAsync(ending.Token) };
        if (!_options.PollOnly)
        {
            var watchEvery = WatchEvery(_options.SilenceLimit);
            parts.Add(new StreamLoop("quotes", _time, watchEvery).RunAsync(_ => Task.FromResult(Address("public", _instruments.Select(QuoteStream))), _quotes, ending.Token));
            // A mark price every second shows that the connection is alive where nobody trades.
            var candles = _instruments.Select(CandleStream).Append($"{Lower(_instruments[0])}@markPrice@1s");
            parts.Add(new StreamLoop("candles", _time, watchEvery).RunAsync(_ => Task.FromResult(Address("market", candles)), _candles, ending.Token));
        }

        try
        {
            await await Task.WhenAny(parts);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(parts).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    internal static TimeSpan WatchEvery(TimeSpan silenceLimit) => TimeSpan.FromMilliseconds(Math.Clamp(silenceLimit.TotalMilliseconds / 8, 10, 1_000));

    private static string QuoteStream(InstrumentId instrument) => $"{Lower(instrument)}@bookTicker";

    private string CandleStream(InstrumentId instrument) => $"{Lower(instrument)}@kline_{_interval}";

    private static string Lower(InstrumentId instrument) => Words.SymbolOf(instrument).ToLowerInvariant();

    private Uri Address(string route, IEnumerable<string> streams) => new(_addresses.Streams, $"/{route}/stream?streams={string.Join('/', streams)}");
}
