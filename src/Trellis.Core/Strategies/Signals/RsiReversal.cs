using Trellis.Core.Indicators;

namespace Trellis.Core.Strategies.Signals;

/// <summary>
/// The relative strength index leaving its extremes: long at the bar at which it comes up through the oversold level (from at or below to above),
/// short at the one at which it comes down through the overbought level.
/// </summary>
/// <param name="period">Of the index.</param>
/// <param name="oversold">0 to 100.</param>
/// <param name="overbought">Above oversold, to 100.</param>
public sealed class RsiReversal(int period, double oversold, double overbought) : ISignal
{
    public static SignalDefinition Definition { get; } = new(
        "rsi",
        "The relative strength index: long when it comes up through the oversold level, short when it comes down through the overbought level.",
        [
            SignalParameter.Whole("period", "Bars of the index.", 1, 10_000, 14),
            SignalParameter.Number("oversold", "The lower level.", 0, 100, 30),
            SignalParameter.Number("overbought", "The upper level.", 0, 100, 70),
        ],
        values => new RsiReversal(values.Whole("period"), (double)values["oversold"], (double)values["overbought"]))
    {
        Check = values => values["oversold"] < values["overbought"] ? null : new SignalProblem("oversold", $"is not below overbought ({values["overbought"]:0.####})", "oversold below overbought"),
    };

    public ISignalFollower Start(int priceDecimals) => new Follower(new Rsi(period, priceDecimals), oversold, overbought);

    private sealed class Follower(Rsi index, double oversold, double overbought) : ISignalFollower
    {
        private double last = double.NaN;

        public int Update(in Bar bar)
        {
            index.Update(bar.Close);
            var (before, now) = (last, index.Value);
            last = now;
            return before <= oversold && now > oversold ? 1 : before >= overbought && now < overbought ? -1 : 0;
        }
    }
}
