using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Synthetic;

/// <summary>
/// The quotes of the synthetic market: per side 24 levels from the touch outward, of which about one tick in four is left out, each worth 30,000 to 70,000
/// in quote currency. Where a level stands depends on its price alone, and what it holds changes with every sixteenth step, so that a move of the market changes few of them.
/// </summary>
internal static class LadderShape
{
    private const int LevelsPerSide = 24;
    private const long LeastWorth = 30_000;
    private const long Spread = 40_000;
    private const long StepsPerQuantity = 16;

    /// <param name="touch">Best price of the side, on the tick, in price units; no levels where it is not above 0.</param>
    /// <returns>Best first.</returns>
    public static List<(int Price, long Quantity)> Of(Market market, Side side, int touch, long step)
    {
        var levels = new List<(int, long)>(LevelsPerSide);
        for (long price = touch; levels.Count < LevelsPerSide && price > 0 && price < int.MaxValue; price -= side.Sign() * market.Tick)
        {
            var place = Mix((ulong)market.Index, (ulong)(price / market.Tick), 0);
            if (price == touch || place % 4 != 0)
            {
                levels.Add(((int)price, QuantityAt(market, side, (int)price, step, place)));
            }
        }

        return levels;
    }

    private static long QuantityAt(Market market, Side side, int price, long step, ulong place)
    {
        var age = (step + (long)(place % StepsPerQuantity)) / StepsPerQuantity;
        var worth = LeastWorth + (long)(Mix(place, (ulong)age, (ulong)(side.Sign() + 1)) % (ulong)Spread);
        var lots = (long)Math.Min(1e12m, worth / (market.Units.ToPrice(price) * market.Rules.LotSize * market.Multiplier));
        return Math.Max(1, lots) * market.Lot;
    }

    /// <summary>Three numbers into 64 well mixed bits (the finalizer of splitmix64).</summary>
    private static ulong Mix(ulong first, ulong second, ulong third)
    {
        var value = (first * 0x9E3779B97F4A7C15) + (second * 0xD1B54A32D192ED03) + (third * 0xA24BAED4963EE407) + 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
