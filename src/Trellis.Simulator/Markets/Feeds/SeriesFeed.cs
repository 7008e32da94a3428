using Trellis.Core.Markets;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>Replays the candles of a series.</summary>
/// <param name="first">The candle of the series that is candle 0 of the market.</param>
internal sealed class SeriesFeed(CandleSeries series, int first, PriceGrid grid, string description) : IMarketFeed
{
    private readonly decimal _priceUnit = Unit(series.PriceDecimals);
    private readonly decimal _volumeUnit = Unit(series.VolumeDecimals);

    public string Description => description;

    public CandlePath? PathOf(long candle)
    {
        var at = first + candle;
        return at >= series.Count || series.IsHole((int)at)
            ? null
            : grid.Walk(DecimalCandles.At(series, (int)at, _priceUnit, _volumeUnit), series.Interval.Milliseconds);
    }

    public void MovesIn(long candle, int steps, List<MarketMove> moves) => PathOf(candle)?.Write(steps, moves);

    private static decimal Unit(int decimals) => DecimalCandles.Unit(decimals);
}
