using System.Numerics;
using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// Searches for the next candle that matters while a fill is still being booked. What a lane will watch then is known only when its bot
/// has been asked; but most bots plan the same after the same order as they did last time. Where the guess turns out right the search is
/// done, and the candles it leads to, which no cache may hold, have been on their way from memory meanwhile; where it is wrong nothing is lost but
/// the guess.
/// </summary>
internal sealed class LookAhead(PinnedCandles candles, int slots)
{
    /// <summary>By slot, what was watched after its last fill; all zeros before.</summary>
    private readonly PriceWatch[] watchAfter = new PriceWatch[slots];
    private PriceWatch guess;
    private int guessFrom = -1;
    private int block;
    private ulong hits;
    private int filled = -1;

    /// <summary>A slot is about to fill.</summary>
    /// <param name="slot">Of the order.</param>
    /// <param name="from">Candle of the series behind that of the fill.</param>
    public void Guess(int slot, int from)
    {
        filled = slot;
        guess = watchAfter[slot];
        if (guess.HighAtOrAbove == 0 || from >= candles.Count)
        {
            guessFrom = -1;
            return;
        }

        guessFrom = from;
        block = CandleSearch.NextBlock(candles, guess, from, candles.Count, out hits);
        if (hits == 0 && block << CandleIndex.SmallShift < candles.Count)
        {
            candles.PrefetchBlock(block);
        }
    }

    /// <summary>What is watched after everything of a candle has happened.</summary>
    public void Learn(in PriceWatch watch)
    {
        if (filled >= 0)
        {
            watchAfter[filled] = watch;
            filled = -1;
        }
    }

    /// <summary>The same as <see cref="CandleSearch.Next"/>.</summary>
    public int Next(in PriceWatch watch, int from, int to)
    {
        if (from != guessFrom || watch != guess)
        {
            return CandleSearch.Next(candles, watch, from, to);
        }

        var start = block << CandleIndex.SmallShift;
        if (start >= to)
        {
            return to;
        }

        var met = hits != 0 ? hits : CandleSearch.HitsOfEach(candles, watch, block);
        return Math.Min(to, start + BitOperations.TrailingZeroCount(met));
    }
}
