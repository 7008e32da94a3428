namespace Trellis.Simulation;

/// <summary>What a run came to.</summary>
public sealed record SimulationResult
{
    /// <summary>Simulated hours, the minutes of rest among them.</summary>
    public required double Hours { get; init; }

    public required int Bots { get; init; }

    public required int Markets { get; init; }

    /// <summary>Actions on the virtual clock.</summary>
    public required long Steps { get; init; }

    /// <summary>Inputs of the loop.</summary>
    public required long Inputs { get; init; }

    /// <summary>Quotes and candles.</summary>
    public required long MarketEvents { get; init; }

    /// <summary>What happened to orders at the exchange.</summary>
    public required long OrderEvents { get; init; }

    /// <summary>The fewest events of an hour, each kind by itself.</summary>
    public required (long MarketEvents, long OrderEvents) QuietestHour { get; init; }

    public required int HandOrders { get; init; }

    /// <summary>How often each kind of fault happened, by its number.</summary>
    public required IReadOnlyList<long> Faults { get; init; }

    /// <summary>How often each alert was raised, by its code.</summary>
    public required IReadOnlyDictionary<string, long> Alerts { get; init; }
}
