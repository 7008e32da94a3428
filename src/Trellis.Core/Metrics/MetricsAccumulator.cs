using Trellis.Core.Numerics;

namespace Trellis.Core.Metrics;

/// <summary>
/// Computes <see cref="PerformanceMetrics"/> in one pass over entries and equity samples in order of time. Equity is asked for at the
/// midnights (UTC) of the run and at its last close; no curve is kept.
/// </summary>
public sealed class MetricsAccumulator
{
    private readonly long start;
    private readonly Money startBalance;
    private readonly DailyReturnsMeter daily = new();
    private readonly MonthMeter months;
    private readonly PositionTrades[] positions;
    private readonly InstrumentMeter[] instruments;
    private Money equity;
    private long time;

    /// <param name="start">Open time of the first candle, Unix milliseconds.</param>
    /// <param name="startBalance">Above 0.</param>
    /// <param name="positions">How many positions entries may name.</param>
    /// <param name="instruments">How many instruments entries may name.</param>
    public MetricsAccumulator(long start, Money startBalance, int positions, int instruments)
    {
        (this.start, this.startBalance) = (start, startBalance);
        (time, equity) = (start, startBalance);
        daily.Take(start, startBalance.Units);
        months = new MonthMeter(start, startBalance);
        this.positions = new PositionTrades[positions];
        for (var i = 0; i < positions; i++)
        {
            this.positions[i] = new PositionTrades(start);
        }

        this.instruments = new InstrumentMeter[instruments];
        for (var i = 0; i < instruments; i++)
        {
            this.instruments[i] = new InstrumentMeter();
        }
    }

    /// <summary>A fill or funding payment.</summary>
    public void Take(in AccountEntry entry)
    {
        months.Take(entry);
        instruments[entry.Instrument].Take(entry, positions[entry.Position]);
    }

    /// <summary>Equity at a close, after all entries of the candles up to it.</summary>
    /// <param name="closeTime">Unix milliseconds.</param>
    /// <param name="value">Wallet + unrealized.</param>
    public void Take(long closeTime, Money value)
    {
        (time, equity) = (closeTime, value);
        daily.Take(closeTime, value.Units);
        months.Take(closeTime, value);
    }

    /// <param name="maxDrawdown">Of the run, at closes; 0.25 is 25 %.</param>
    public PerformanceMetrics Result(double maxDrawdown)
    {
        var days = (double)(time - start) / DailyReturnsMeter.Day;
        var growth = (double)equity.Units / (double)startBalance.Units;
        var annualized = Power(growth, DailyReturns.DaysPerYear / days, days);
        var (allTrades, allTrips) = (new TradeMeter(), new TradeMeter());
        var (turnover, fills, makers) = (default(Int128), 0, 0);
        foreach (var instrument in instruments)
        {
            turnover += instrument.Turnover;
            fills += instrument.Fills;
            makers += instrument.Makers;
            instrument.AddTo(allTrades, allTrips);
        }

        var (carried, open) = (default(Int128), default(Int128));
        foreach (var position in positions)
        {
            carried += position.Carried;
            open += position.OpenTrip;
        }

        return new PerformanceMetrics
        {
            Days = days,
            Return = (double)(equity - startBalance).Units / (double)startBalance.Units,
            AnnualizedReturn = annualized,
            DailyGain = Power(growth, 1 / days, days),
            Calmar = maxDrawdown > 0 ? annualized / maxDrawdown : null,
            Daily = daily.Result,
            Turnover = new Money(turnover),
            TurnoverPerDay = (double)turnover / (double)startBalance.Units / days,
            MakerShare = fills == 0 ? null : (double)makers / fills,
            Carried = new Money(carried),
            OpenRoundTrips = new Money(open),
            Trades = allTrades.Result(),
            RoundTrips = allTrips.Result(),
            Distribution = ProfitDistribution.Of(allTrades.Profits),
            Months = months.Result(time),
            Instruments = Array.ConvertAll(instruments, instrument => instrument.Result()),
        };
    }

    private static double? Power(double growth, double exponent, double days)
    {
        if (days < 1)
        {
            return null;
        }

        var result = growth <= 0 ? -1 : Math.Pow(growth, exponent) - 1;
        return double.IsFinite(result) ? result : null;
    }
}
