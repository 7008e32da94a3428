using Trellis.Core.Markets;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>Replays the candles of a series.</summary>
/// <param name="first">The candle of the series that is candle 0 of the market.</param>
internal sealed class SeriesFeed(CandleSeries series, int first, PriceGrid grid, string description) : IMarketFeed
{
    private readonly decimal _priceUnit = DecimalCandles.Unit(series.PriceDecimals);
    private readonly decimal _volumeUnit = DecimalCandles.Unit(series.VolumeDecimals);

    public string Description => description;

    public Candle? CandleAt(long candle)
    {
        var at = first + candle;
        return at >= series.Count || series.IsHole((int)at) ? null : DecimalCandles.At(series, (int)at, _priceUnit, _volumeUnit);
    }

    public void MovesIn(long candle, int steps, List<MarketMove> moves)
    {
        if (CandleAt(candle) is { } passing)
        {
            grid.Walk(passing, series.Interval.Milliseconds).Write(steps, moves);
        }
    }
}
