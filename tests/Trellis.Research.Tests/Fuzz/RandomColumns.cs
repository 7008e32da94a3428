using Trellis.Core.Markets;
using Trellis.Core.Strategies;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>Two quotes that follow a moving average, one below and one above it, and two columns of flags.</summary>
internal static class RandomColumns
{
    public static LaneColumns Make(CandleSeries candles, InstrumentUnits units, ulong seed)
    {
        var dice = new DeterministicDice(seed);
        var below = new int[candles.Count];
        var above = new int[candles.Count];
        var rare = new byte[candles.Count];
        var frequent = new byte[candles.Count];
        double average = candles.Close.Span[0];
        var weight = 2.0 / (2 + dice.Next(20));
        for (var i = 0; i < candles.Count; i++)
        {
            if (candles.IsHole(i))
            {
                (below[i], above[i]) = (below[i - 1], above[i - 1]);
                continue;
            }

            average += weight * (candles.Close.Span[i] - average);
            var tick = units.TickOf(units.Instrument.RulesAt(DateTimeOffset.FromUnixTimeMilliseconds(candles.TimeOf(i + 1))));
            below[i] = dice.Chance(5) ? 0 : Math.Max(1, (int)(average * 0.997 / tick)) * tick;
            above[i] = dice.Chance(5) ? 0 : (1 + (int)(average * 1.003 / tick)) * tick;
            rare[i] = dice.Chance(2) ? (byte)1 : (byte)0;
            frequent[i] = dice.Chance(10) ? (byte)2 : (byte)0;
        }

        return new LaneColumns { Prices = [below, above], Wakes = [rare, frequent] };
    }
}
