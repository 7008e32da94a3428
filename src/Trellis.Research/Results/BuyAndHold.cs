using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>What the start balance would have become without a bot.</summary>
/// <param name="Return">Of the whole, 0.1 is 10 %.</param>
/// <param name="Equity">Start balance × (1 + return), rounded half to even at the twelfth decimal.</param>
/// <param name="Drawdown">Deepest fall of its value at closes.</param>
/// <param name="Instruments">Each instrument for itself, in order of first use.</param>
public sealed record BuyAndHold(double Return, Money Equity, HeldDrawdown Drawdown, IReadOnlyList<HeldInstrument> Instruments)
{
    /// <summary>
    /// The whole start balance buys every instrument of the run in equal parts at the first close, in any fraction, without
    /// fees, and is held to the last close. Values at closes are doubles, relative to the start balance.
    /// </summary>
    public static BuyAndHold Of(BacktestSetup setup, RunOutcome outcome)
    {
        var lanes = ResultLane.Of(setup, outcome).DistinctBy(lane => lane.Instrument).ToList();
        ReadOnlyMemory<int>[] closes = [.. lanes.Select(lane => lane.Closes(outcome.Range.Count))];
        var parts = new List<HeldInstrument>();
        for (var i = 0; i < lanes.Count; i++)
        {
            var (result, drawdown) = Hold([closes[i]], outcome.Range);
            parts.Add(new HeldInstrument(lanes[i].Instrument, result, drawdown));
        }

        var whole = parts.Count == 1 ? (parts[0].Return, parts[0].Drawdown) : Hold(closes, outcome.Range);
        return new BuyAndHold(whole.Item1, Exactly(outcome.StartBalance, closes), whole.Item2, parts);
    }

    private static (double Return, HeldDrawdown Drawdown) Hold(ReadOnlyMemory<int>[] closes, RunRange range)
    {
        var (peak, peakAt) = (1.0, 0);
        var worst = new HeldDrawdown(0, null, null);
        var value = 1.0;
        for (var candle = 0; candle < range.Count; candle++)
        {
            value = 0;
            foreach (var column in closes)
            {
                value += (double)column.Span[candle] / column.Span[0];
            }

            value /= closes.Length;
            if (value > peak)
            {
                (peak, peakAt) = (value, candle);
            }
            else if ((peak - value) / peak > worst.Share)
            {
                worst = new HeldDrawdown((peak - value) / peak, range.TimeOf(peakAt + 1), range.TimeOf(candle + 1));
            }
        }

        return (value - 1, worst);
    }

    private static Money Exactly(Money balance, ReadOnlyMemory<int>[] closes)
    {
        var sum = 0m;
        foreach (var column in closes)
        {
            sum += balance.ToDecimal() * column.Span[^1] / column.Span[0];
        }

        return Money.FromDecimal(sum / closes.Length);
    }
}

/// <summary>One instrument bought with the whole balance.</summary>
public sealed record HeldInstrument(InstrumentId Instrument, double Return, HeldDrawdown Drawdown);

/// <param name="Share">0.25 is 25 % below the peak.</param>
/// <param name="Peak">Close time, Unix milliseconds; null where the value never fell.</param>
/// <param name="Trough">Close time, Unix milliseconds; null where the value never fell.</param>
public readonly record struct HeldDrawdown(double Share, long? Peak, long? Trough);
