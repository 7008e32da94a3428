using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Exchanges.Adapters;

/// <summary>What anyone may ask of an exchange.</summary>
public interface IMarketData
{
    /// <summary>The exchange's clock, Unix milliseconds.</summary>
    Task<long> GetTimeAsync(CancellationToken cancellation);

    Task<IReadOnlyList<Instrument>> GetInstrumentsAsync(CancellationToken cancellation);

    /// <summary>Finished candles that open at or after a time, oldest first.</summary>
    Task<IReadOnlyList<Candle>> GetCandlesAsync(InstrumentId instrument, Interval interval, long from, int limit, CancellationToken cancellation);

    Task<IReadOnlyList<Ticker>> GetTickersAsync(CancellationToken cancellation);

    Task<BookSnapshot> GetBookAsync(InstrumentId instrument, int depth, CancellationToken cancellation);

    Task<IReadOnlyList<PublicTrade>> GetTradesAsync(InstrumentId instrument, int limit, CancellationToken cancellation);

    Task<IReadOnlyList<FundingRate>> GetFundingRatesAsync(InstrumentId instrument, long from, CancellationToken cancellation);
}

public sealed record Ticker(InstrumentId Instrument, decimal Last, decimal Bid, decimal Ask, decimal QuoteVolume24h, long Time);

public sealed record BookLevel(decimal Price, decimal Quantity);

/// <summary>Best levels, best first.</summary>
public sealed record BookSnapshot(InstrumentId Instrument, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks, long UpdateId, long Time);

public sealed record PublicTrade(InstrumentId Instrument, string Id, decimal Price, decimal Quantity, Side Aggressor, long Time);
