using System.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Reference;

/// <summary>Slippage and rounding to the tick (docs/backtest.md, section 7), in integers of any length.</summary>
internal static class ReferencePrices
{
    private const long Whole = 100_000_000;

    /// <summary>A price moved by slippage against the order and rounded against it to the tick; at least one tick.</summary>
    /// <param name="slippage">Share × 10^8.</param>
    /// <param name="tick">In price units.</param>
    public static int Slipped(int price, Side side, long slippage, int tick)
    {
        var exact = (BigInteger)price * (Whole + (side.Sign() * slippage));
        var ticks = BigInteger.DivRem(exact, (BigInteger)tick * Whole, out var rest);
        if (side == Side.Buy && !rest.IsZero)
        {
            ticks++;
        }

        return (int)(BigInteger.Max(ticks, 1) * tick);
    }
}
