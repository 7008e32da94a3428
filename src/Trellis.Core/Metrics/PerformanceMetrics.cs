using Trellis.Core.Numerics;

namespace Trellis.Core.Metrics;

/// <summary>How a run performed; docs/metrics.md gives each formula. Shares are fractions: 0.1 is 10 %.</summary>
public sealed record PerformanceMetrics
{
    /// <summary>Length of the run in days of 24 hours.</summary>
    public required double Days { get; init; }

    /// <summary>Change of equity ÷ start.</summary>
    public required double Return { get; init; }

    /// <summary>(end ÷ start)^(365 ÷ days) − 1; −1 where nothing is left; null for a run shorter than a day or where it is beyond a double.</summary>
    public required double? AnnualizedReturn { get; init; }

    /// <summary>(end ÷ start)^(1 ÷ days) − 1, the geometric mean; null like the annualized return.</summary>
    public required double? DailyGain { get; init; }

    /// <summary>Annualized return ÷ maximum drawdown; null where either is unknown or equity never fell.</summary>
    public required double? Calmar { get; init; }

    public required DailyReturns Daily { get; init; }

    /// <summary>Sum of the notionals of all fills.</summary>
    public required Money Turnover { get; init; }

    /// <summary>Turnover ÷ start balance ÷ days.</summary>
    public required double TurnoverPerDay { get; init; }

    /// <summary>Share of the fills that were makers; null without a fill.</summary>
    public required double? MakerShare { get; init; }

    /// <summary>Fees and funding of positions that are still open: in no trade yet.</summary>
    public required Money Carried { get; init; }

    /// <summary>Realized + fees + funding of round trips that are still open.</summary>
    public required Money OpenRoundTrips { get; init; }

    /// <summary>What each closing fill made, at average cost.</summary>
    public required TradeStatistics Trades { get; init; }

    /// <summary>From flat to flat.</summary>
    public required TradeStatistics RoundTrips { get; init; }

    /// <summary>Profits of <see cref="Trades"/>.</summary>
    public required IReadOnlyList<ProfitBin> Distribution { get; init; }

    public required IReadOnlyList<MonthResult> Months { get; init; }

    /// <summary>One per instrument, by index.</summary>
    public required IReadOnlyList<InstrumentMetrics> Instruments { get; init; }
}

/// <summary>The part of one instrument, all bots together.</summary>
public sealed record InstrumentMetrics(Money Turnover, double? MakerShare, TradeStatistics Trades, TradeStatistics RoundTrips);
