using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies;

namespace Trellis.Research.Backtesting;

/// <summary>Everything that decides the outcome of a backtest; docs/backtest.md says how.</summary>
public sealed record BacktestSetup
{
    /// <summary>The wallet at the start, in quote currency; above 0.</summary>
    public required Money StartBalance { get; init; }

    /// <summary>Long and short positions side by side instead of one net position.</summary>
    public bool HedgeMode { get; init; }

    /// <summary>The favourable side of a candle fills before the adverse one.</summary>
    public bool Optimistic { get; init; }

    /// <summary>Slippage as a share in units of 10^-8: 0.01 % is 10,000. At least 0, at most 50,000,000.</summary>
    public long Slippage { get; init; }

    /// <summary>Bots in configuration order, at least one.</summary>
    public required IReadOnlyList<BotSetup> Bots { get; init; }

    /// <summary>First open time, Unix milliseconds; null for the first candle that all instruments have.</summary>
    public long? From { get; init; }

    /// <summary>End of the range (exclusive), Unix milliseconds; null for the last candle that all have.</summary>
    public long? To { get; init; }
}

/// <summary>One bot: a strategy on one or more instruments.</summary>
public sealed record BotSetup
{
    public required string Name { get; init; }

    /// <summary>Makes a fresh strategy; called once per run.</summary>
    public required Func<IStrategy> Strategy { get; init; }

    /// <summary>Leverage of the bot's positions, 1 to 125, at most two decimals; 1 on spot.</summary>
    public decimal Leverage { get; init; } = 1m;

    public required IReadOnlyList<LaneSetup> Lanes { get; init; }
}

/// <summary>One instrument of a bot with its market data.</summary>
public sealed record LaneSetup
{
    /// <param name="instrument">The instrument.</param>
    /// <param name="candles">Its candles; brought to the price unit of the run where rules have a finer tick.</param>
    /// <param name="funding">Sorted by time; empty for none.</param>
    /// <exception cref="TrellisException">Units or prices do not fit.</exception>
    public static LaneSetup Create(Instrument instrument, CandleSeries candles, IReadOnlyList<FundingRate> funding)
    {
        foreach (var tier in instrument.LeverageTiers)
        {
            if (InstrumentUnits.DecimalsOf(tier.MaintenanceRate) > 12)
            {
                throw new ConfigurationException($"{instrument.Id}: maintenance rate {tier.MaintenanceRate} has more than the 12 decimals that are allowed");
            }
        }

        var units = new InstrumentUnits(instrument, candles.PriceDecimals);
        return new LaneSetup
        {
            Units = units,
            Candles = candles.WithPriceDecimals(units.PriceDecimals),
            Funding = funding,
        };
    }

    public required InstrumentUnits Units { get; init; }

    /// <summary>In the price unit of <see cref="Units"/>.</summary>
    public required CandleSeries Candles { get; init; }

    public IReadOnlyList<FundingRate> Funding { get; init; } = [];
}
