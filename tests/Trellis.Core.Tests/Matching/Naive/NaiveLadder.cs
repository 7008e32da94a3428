using Trellis.Core.Matching.Commands;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>
/// The quotes around a price: 24 a side, of which about one tick in four is left out, each worth 30,000 to 70,000. What a level holds follows from well mixed bits of
/// instrument and price, and changes with every sixteenth step.
/// </summary>
internal static class NaiveLadder
{
    private const int Levels = 24;

    /// <returns>Best first.</returns>
    public static List<QuoteLevel> Of(NaiveMarket market, int instrument, Side side, decimal touch, long step)
    {
        List<QuoteLevel> levels = [];
        for (var price = touch; levels.Count < Levels && price > 0; price -= (int)side * market.Rules.TickSize)
        {
            var place = Mix((ulong)instrument, (ulong)(price / market.Rules.TickSize), 0);
            if (price == touch || place % 4 != 0)
            {
                levels.Add(new QuoteLevel(price, QuantityAt(market, side, price, step, place)));
            }
        }

        return levels;
    }

    private static decimal QuantityAt(NaiveMarket market, Side side, decimal price, long step, ulong place)
    {
        var sixteenth = (ulong)((step + (long)(place % 16)) / 16);
        var worth = 30_000 + (Mix(place, sixteenth, (ulong)((int)side + 1)) % 40_000);
        return Math.Max(1m, decimal.Floor(worth / (price * market.Rules.LotSize * market.Multiplier))) * market.Rules.LotSize;
    }

    /// <summary>splitmix64 of three numbers.</summary>
    private static ulong Mix(ulong first, ulong second, ulong third)
    {
        var bits = unchecked((first * 0x9E3779B97F4A7C15) + (second * 0xD1B54A32D192ED03) + (third * 0xA24BAED4963EE407) + 0x9E3779B97F4A7C15);
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EB);
        return bits ^ (bits >> 31);
    }
}
