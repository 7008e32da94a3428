using Trellis.Core.Matching.Events;

namespace Trellis.Simulator.Exchange;

/// <summary>What one command caused, in order.</summary>
/// <param name="Time">Market time of the command, Unix milliseconds.</param>
public sealed record EventBatch(long Time, IReadOnlyList<MatchingEvent> Events, IReadOnlyList<LevelChange> Levels);

/// <summary>Sees every batch once, in order, after it is on disk; always on the same loop, one at a time.</summary>
public interface IExchangeObserver
{
    void Observe(EventBatch batch);
}
