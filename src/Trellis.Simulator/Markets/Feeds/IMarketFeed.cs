using Trellis.Core.Markets;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>Where the prices of one instrument come from, candle by candle. Not thread-safe.</summary>
internal interface IMarketFeed
{
    /// <summary>Where the prices come from, in words.</summary>
    string Description { get; }

    /// <summary>A candle as the data has it; null in a hole. Numbered from 0, the first of the history.</summary>
    Candle? CandleAt(long candle);

    /// <summary>Writes what happens within a candle, in order of time, on the tick and in whole lots; nothing in a hole.</summary>
    /// <param name="steps">In how many moves a candle's path is walked; at least 4. Recorded trades are moves of their own.</param>
    void MovesIn(long candle, int steps, List<MarketMove> moves);
}
