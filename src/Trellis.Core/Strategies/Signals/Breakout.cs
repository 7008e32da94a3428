using Trellis.Core.Indicators;

namespace Trellis.Core.Strategies.Signals;

/// <summary>
/// Breakout of a price channel (Richard Donchian): long at a bar that closes above the highest high of the n bars before it, short at one
/// that closes below their lowest low; at every such bar.
/// </summary>
/// <param name="period">n.</param>
public sealed class Breakout(int period) : ISignal
{
    public static SignalDefinition Definition { get; } = new(
        "breakout",
        "A price channel: long at each close above the highest high of the bars before, short at each close below their lowest low.",
        [SignalParameter.Whole("period", "Bars of the channel.", 1, 10_000, 20)],
        values => new Breakout(values.Whole("period")));

    public ISignalFollower Start(int priceDecimals) => new Follower(RollingExtreme.Highest(period, 0), RollingExtreme.Lowest(period, 0));

    private sealed class Follower(RollingExtreme highest, RollingExtreme lowest) : ISignalFollower
    {
        public int Update(in Bar bar)
        {
            var direction = !highest.IsReady ? 0 : bar.Close > highest.Units ? 1 : bar.Close < lowest.Units ? -1 : 0;
            highest.Update(bar.High);
            lowest.Update(bar.Low);
            return direction;
        }
    }
}
