using Trellis.Core.Markets;
using Trellis.Simulator.Markets.Feeds;

namespace Trellis.Simulator.Markets.Listings;

/// <summary>The coarsest steps that every price and every quantity of some data is a multiple of, each 1, 2 or 5 times a power of ten and at most 1.</summary>
internal readonly record struct Fineness(decimal Tick, decimal Lot)
{
    public static Fineness Of(MarketSource source)
    {
        if (source.Candles is { } series)
        {
            var price = 0L;
            foreach (var column in (ReadOnlyMemory<int>[])[series.Open, series.High, series.Low, series.Close])
            {
                foreach (var value in column.Span)
                {
                    price = value is int.MaxValue or int.MinValue ? price : Common(price, value);
                }
            }

            var volume = 0L;
            foreach (var value in series.Volume.Span)
            {
                volume = Common(volume, value);
            }

            return new Fineness(Step(price, series.PriceDecimals), Step(volume, series.VolumeDecimals));
        }

        if (source.Trades is { } trades)
        {
            var (tick, lot) = (0, 0);
            foreach (var trade in trades)
            {
                tick = Math.Max(tick, InstrumentUnits.DecimalsOf(trade.Price));
                lot = Math.Max(lot, InstrumentUnits.DecimalsOf(trade.Quantity));
            }

            return new Fineness(DecimalCandles.Unit(tick), DecimalCandles.Unit(lot));
        }

        return new Fineness(1, 1);
    }

    /// <summary>Greatest common divisor.</summary>
    private static long Common(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }

    private static decimal Step(long common, int decimals)
    {
        if (common == 0)
        {
            return DecimalCandles.Unit(decimals);
        }

        var step = 1L;
        while (step * 10 <= common && common % (step * 10) == 0)
        {
            step *= 10;
        }

        step *= common % (step * 5) == 0 ? 5 : common % (step * 2) == 0 ? 2 : 1;
        return Math.Min(1m, step * DecimalCandles.Unit(decimals));
    }
}
