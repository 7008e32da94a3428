using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.MarketData;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Fetches what the streams do not tell: candles that were missed, and quotes while a stream is down or where polling was asked for.</summary>
internal sealed class MarketPoller(
    BinanceMarketData market, ExchangeClock clock, TimeProvider time, AdapterOptions options, IReadOnlyList<InstrumentId> instruments, CandleKeeper[] keepers, IMarketSink sink, StreamStatus status, CandleFeed candles)
{
    /// <summary>At most this share of a second's request weight goes into quotes.</summary>
    private const double WeightPerSecond = 10;
    private const int WeightOfQuote = 2;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private long _lastData;
    private long? _polledAt;

    public long LastData => Volatile.Read(ref _lastData);

    private TimeSpan Pause => TimeSpan.FromSeconds(Math.Max(options.PollEvery.TotalSeconds, instruments.Count * WeightOfQuote / WeightPerSecond));

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (options.PollOnly)
        {
            candles.Opened();
        }

        while (true)
        {
            await FetchCandlesAsync(cancellation);
            if ((options.PollOnly || !status.IsUp) && (_polledAt is not { } at || time.GetElapsedTime(at) >= Pause))
            {
                _polledAt = time.GetTimestamp();
                await PollQuotesAsync(cancellation);
            }

            await Task.Delay(Glance < options.PollEvery ? Glance : options.PollEvery, time, cancellation);
        }
    }

    private async Task FetchCandlesAsync(CancellationToken cancellation)
    {
        var now = clock.Now;
        var wanted = candles.TakeMissing().ToHashSet();
        for (var index = 0; index < keepers.Length; index++)
        {
            if (!wanted.Contains(index) && !keepers[index].IsLate(now))
            {
                continue;
            }

            try
            {
                await keepers[index].CatchUpAsync(cancellation);
            }
            catch (ExchangeException)
            {
                candles.StillMissing(index);
                await Task.Delay(options.PollEvery, time, cancellation);
            }
        }
    }

    private async Task PollQuotesAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var instrument in instruments)
            {
                var (bid, ask, at) = await market.GetQuoteAsync(instrument, cancellation);
                Volatile.Write(ref _lastData, time.GetUtcNow().ToUnixTimeMilliseconds());
                sink.Quote(instrument, bid, ask, at);
            }

            if (options.PollOnly)
            {
                status.Up(0);
            }
        }
        catch (ExchangeException error)
        {
            if (options.PollOnly)
            {
                status.Down(0, $"polling: {error.Message}");
            }
        }
    }
}
