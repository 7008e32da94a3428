using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.MarketData;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Fetches what the streams do not tell: candles that were missed, and quotes while a stream is down or where polling was asked for.</summary>
internal sealed class MarketPoller(
    BinanceMarketData market, ExchangeClock clock, TimeProvider time, AdapterOptions options, IReadOnlyList<InstrumentId> instruments, CandleKeeper[] keepers, IMarketSink sink, StreamStatus status, CandleFeed candles)
{
    /// <summary>At most this much of the weight a second may go into polling.</summary>
    private const double WeightPerSecond = 10;

    /// <summary>A quote and the last candles.</summary>
    private const int WeightOfInstrument = 3;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private long _lastData;
    private long? _polledAt;

    public long LastData => Volatile.Read(ref _lastData);

    private TimeSpan Pause => TimeSpan.FromSeconds(Math.Max(options.PollEvery.TotalSeconds, instruments.Count * WeightOfInstrument / WeightPerSecond));

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (options.PollOnly)
        {
            candles.Opened();
        }

        while (true)
        {
            var polls = (options.PollOnly || !status.IsUp) && (_polledAt is not { } at || time.GetElapsedTime(at) >= Pause);
            await FetchCandlesAsync(polls, cancellation);
            if (polls)
            {
                _polledAt = time.GetTimestamp();
                await PollQuotesAsync(cancellation);
            }

            await Task.Delay(Glance < options.PollEvery ? Glance : options.PollEvery, time, cancellation);
        }
    }

    /// <param name="all">Whether to look at every instrument, be its candle late or not.</param>
    private async Task FetchCandlesAsync(bool all, CancellationToken cancellation)
    {
        var now = clock.Now;
        var wanted = candles.TakeMissing().ToHashSet();
        for (var index = 0; index < keepers.Length; index++)
        {
            if (!all && !wanted.Contains(index) && !keepers[index].IsLate(now))
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
