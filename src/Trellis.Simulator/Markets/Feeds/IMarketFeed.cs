using Trellis.Core.Markets;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>Where the prices of one instrument come from, candle by candle. Not thread-safe.</summary>
internal interface IMarketFeed
{
    /// <summary>Where the prices come from, in words.</summary>
    string Description { get; }

    /// <summary>A candle of the market, on the tick and in whole lots; null in a hole. Numbered from 0, the first of the history.</summary>
    CandlePath? PathOf(long candle);

    /// <summary>Writes what happens within a candle, in order of time; nothing in a hole.</summary>
    /// <param name="steps">In how many moves a candle's path is walked; at least 4.</param>
    void MovesIn(long candle, int steps, List<MarketMove> moves);
}
