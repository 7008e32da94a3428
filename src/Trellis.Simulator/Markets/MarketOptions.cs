using Trellis.Core.Matching;
using Trellis.Simulator.Markets.Listings;

namespace Trellis.Simulator.Markets;

/// <summary>Which market the simulator runs, and how.</summary>
public sealed record MarketOptions
{
    public const int DefaultHistoryMinutes = 1_500;
    public const int MostHistoryMinutes = 100_000;
    public const int DefaultQuietMilliseconds = 20;

    /// <summary>What the exchange lists, and by which rules.</summary>
    public required ListingRules Listings { get; init; }

    /// <summary>Symbols in the order in which they are numbered; empty for those of the data, or else <see cref="ListingRules.DefaultSymbols"/>.</summary>
    public IReadOnlyList<string> Instruments { get; init; } = [];

    /// <summary>Files of candles, trades or funding, each <c>FILE</c> with the symbol in its name, or <c>SYMBOL=FILE</c>.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Seeds generated candles and the shape of the ladder.</summary>
    public long Seed { get; init; } = 1;

    public MarketSpeed Speed { get; init; } = MarketSpeed.RealTime;

    public FillRule FillRule { get; init; }

    /// <summary>With <see cref="FillRule.Candle"/>: slippage of takers in percent; at least 0, at most 6 decimals.</summary>
    public decimal SlippagePercent { get; init; }

    /// <summary>How many minutes clients can look back on when the market starts; 0 to <see cref="MostHistoryMinutes"/>. Of finite data at most half.</summary>
    public int HistoryMinutes { get; init; } = DefaultHistoryMinutes;

    /// <summary>The instant of the data at which the market starts; null for just behind the history.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>At speed step: how long clients must have been quiet before the next candle, in milliseconds; 0 to 60,000.</summary>
    public int QuietMilliseconds { get; init; } = DefaultQuietMilliseconds;
}
