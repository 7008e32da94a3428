using Trellis.Core.Matching;
using Trellis.Core.Matching.Events;

namespace Trellis.Simulator.Exchange;

/// <summary>What one command caused, in order.</summary>
/// <param name="Time">Market time of the command, Unix milliseconds.</param>
public sealed record EventBatch(long Time, IReadOnlyList<MatchingEvent> Events, IReadOnlyList<LevelChange> Levels)
{
    /// <summary>Takes from an engine what its last command caused; null where that was nothing.</summary>
    internal static EventBatch? Take(MatchingEngine engine)
    {
        if (engine.Events.Count == 0 && engine.LevelChanges.Count == 0)
        {
            return null;
        }

        var batch = new EventBatch(engine.Time, [.. engine.Events], [.. engine.LevelChanges]);
        engine.Events.Clear();
        engine.LevelChanges.Clear();
        return batch;
    }
}

/// <summary>Sees every batch once, in order, after it is on disk; always on the same loop, one at a time.</summary>
public interface IExchangeObserver
{
    void Observe(EventBatch batch);

    /// <summary>
    /// A candle of the market is over, and at speed step clients are about to be waited for: the clock stands here although nothing happened,
    /// and what otherwise waits for a timer goes out now.
    /// </summary>
    /// <param name="time">Market time at which the candle ended and the next one opens, Unix milliseconds.</param>
    void EndCandle(long time)
    {
    }
}
