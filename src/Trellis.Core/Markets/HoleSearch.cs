using System.Numerics;
using System.Runtime.InteropServices;

namespace Trellis.Core.Markets;

/// <summary>Looks for candles that are not there: their low is above their high.</summary>
internal static class HoleSearch
{
    public static bool Finds(ReadOnlySpan<int> low, ReadOnlySpan<int> high)
    {
        var lows = MemoryMarshal.Cast<int, Vector<int>>(low);
        var highs = MemoryMarshal.Cast<int, Vector<int>>(high);
        for (var i = 0; i < lows.Length; i++)
        {
            if (Vector.GreaterThanAny(lows[i], highs[i]))
            {
                return true;
            }
        }

        for (var i = lows.Length * Vector<int>.Count; i < low.Length; i++)
        {
            if (low[i] > high[i])
            {
                return true;
            }
        }

        return false;
    }
}
