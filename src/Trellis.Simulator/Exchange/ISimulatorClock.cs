namespace Trellis.Simulator.Exchange;

/// <summary>
/// The two clocks of the simulator. They agree at speed 1; at other speeds the market lives in a time of its own, while
/// clients go on signing with the time of day.
/// </summary>
public interface ISimulatorClock
{
    /// <summary>What the venue's server-time answer says and signatures are judged by: the time of day plus the skew of a fault. Unix milliseconds.</summary>
    long WireTime { get; }

    /// <summary>The time of candles, trades, orders and funding. Unix milliseconds; never runs backwards.</summary>
    long MarketTime { get; }
}
