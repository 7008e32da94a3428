using Trellis.Core.Markets;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>Candles of a series as they stood in their file.</summary>
internal static class DecimalCandles
{
    /// <summary>10^-decimals.</summary>
    public static decimal Unit(int decimals) => new(1, 0, 0, isNegative: false, (byte)decimals);

    /// <summary>A candle that is not a hole.</summary>
    public static Candle At(CandleSeries series, int candle, decimal priceUnit, decimal volumeUnit) => new(
        series.TimeOf(candle),
        series.Open.Span[candle] * priceUnit,
        series.High.Span[candle] * priceUnit,
        series.Low.Span[candle] * priceUnit,
        series.Close.Span[candle] * priceUnit,
        series.Volume.Length == 0 ? 0 : series.Volume.Span[candle] * volumeUnit);
}
