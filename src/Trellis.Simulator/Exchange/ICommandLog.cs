using Trellis.Core.Matching.Commands;

namespace Trellis.Simulator.Exchange;

/// <summary>Where accepted commands are kept, so that a killed simulator comes back as it was.</summary>
public interface ICommandLog
{
    /// <summary>Appends a command in the order of execution; called under the exchange's lock, so it only buffers.</summary>
    /// <returns>The command's place in the log.</returns>
    long Append(MatchingCommand command);

    /// <summary>Completes when everything up to a place is on disk.</summary>
    ValueTask CommittedAsync(long place);
}

/// <summary>Keeps nothing: everything is committed at once.</summary>
public sealed class NoCommandLog : ICommandLog
{
    public long Append(MatchingCommand command) => 0;

    public ValueTask CommittedAsync(long place) => ValueTask.CompletedTask;
}
