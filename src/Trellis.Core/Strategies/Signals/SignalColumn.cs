using System.Runtime.InteropServices;
using Trellis.Core.Indicators;

namespace Trellis.Core.Strategies.Signals;

/// <summary>What a signal says at the close of each candle, as a wake column.</summary>
internal static class SignalColumn
{
    /// <summary>
    /// One entry per candle, a signed byte as its bits: +1 long, −1 short, 0 for nothing. Where two bars are over at one candle the later one
    /// that says something counts.
    /// </summary>
    public static byte[] Of(ISignal signal, BarSeries bars, int candles)
    {
        var column = new byte[candles];
        var directions = MemoryMarshal.Cast<byte, sbyte>(column.AsSpan());
        if (bars.AreCandles)
        {
            signal.Fill(bars, directions);
            return column;
        }

        var ofBars = new sbyte[bars.Count];
        signal.Fill(bars, ofBars);
        for (var bar = 0; bar < ofBars.Length; bar++)
        {
            if (ofBars[bar] != 0)
            {
                directions[bars.ClosedAt(bar)] = ofBars[bar];
            }
        }

        return column;
    }
}
