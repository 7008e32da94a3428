using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.State;
using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Keeping;

/// <summary>What a state file says: where the exchange stood, and what came after.</summary>
public sealed record KeptState
{
    public required KeptSettings Settings { get; init; }

    /// <summary>Null where the file begins with an empty exchange.</summary>
    public required EngineState? Engine { get; init; }

    /// <summary>Parts by name, as the snapshot has them.</summary>
    public required IReadOnlyDictionary<string, byte[]> Parts { get; init; }

    /// <summary>Parts by name as they were last stated on their own, after the snapshot.</summary>
    public required IReadOnlyDictionary<string, byte[]> LaterParts { get; init; }

    /// <summary>Commands since the snapshot, in order.</summary>
    public required IReadOnlyList<MatchingCommand> Commands { get; init; }

    /// <summary>How much of the file's end was written only in part when the simulator was killed; nothing of it was ever acknowledged.</summary>
    public required long TornBytes { get; init; }

    /// <summary>The last word on a part; null where there is none.</summary>
    public byte[]? Part(string name) => LaterParts.GetValueOrDefault(name) ?? Parts.GetValueOrDefault(name);

    /// <summary>The parts that are stated on their own, as they were last: all but those that snapshots capture.</summary>
    internal Dictionary<string, byte[]> StatedParts(IEnumerable<IKeptPart> captured) => Parts.Keys.Concat(LaterParts.Keys).Distinct(StringComparer.Ordinal)
        .Except(captured.Select(part => part.Name), StringComparer.Ordinal)
        .ToDictionary(name => name, name => Part(name)!, StringComparer.Ordinal);
}
