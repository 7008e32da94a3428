namespace Trellis.Core.Matching.State;

/// <summary>Everything that a matching engine is, as plain values.</summary>
public sealed record EngineState
{
    public required long Time { get; init; }
}
