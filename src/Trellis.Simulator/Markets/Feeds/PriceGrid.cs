using Trellis.Core.Markets;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>What prices and quantities of an instrument are multiples of.</summary>
internal readonly record struct PriceGrid(decimal Tick, decimal Lot)
{
    /// <summary>The nearest tick, halves up; at least one.</summary>
    public decimal Nearest(decimal price) => Math.Max(1m, decimal.Floor((price / Tick) + 0.5m)) * Tick;

    /// <summary>Whole lots of a quantity, rounded down.</summary>
    public long LotsIn(decimal quantity) => (long)decimal.Floor(quantity / Lot);

    /// <summary>Brings a candle onto the grid: its prices to the nearest tick, its volume to lots, and to as many as its prices need.</summary>
    public CandlePath Walk(in Candle candle, long interval)
    {
        var snapped = candle with
        {
            Open = Nearest(candle.Open),
            High = Nearest(candle.High),
            Low = Nearest(candle.Low),
            Close = Nearest(candle.Close),
        };
        return new CandlePath(snapped, LotsIn(candle.Volume), this, interval);
    }
}
