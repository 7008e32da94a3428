using Trellis.Simulation.Faults;

namespace Trellis.Simulation.Scenarios;

/// <summary>What a run is made of: equal scenarios run alike, to the bit.</summary>
public sealed record Scenario
{
    public required ulong Seed { get; init; }

    /// <summary>Simulated hours, besides the minutes in which everything comes to rest.</summary>
    public int Hours { get; init; } = 24;

    public VenueShape Shape { get; init; } = VenueShape.Coins;

    /// <summary>Bots beyond so many are left out.</summary>
    public int MostBots { get; init; } = 4;

    /// <summary>Whether somebody trades by hand on the same account.</summary>
    public bool HasHand { get; init; } = true;

    /// <summary>Faults that never happen.</summary>
    public IReadOnlySet<FaultKind> Without { get; init; } = new HashSet<FaultKind>();

    public override string ToString()
    {
        var left = Enum.GetValues<FaultKind>().Where(kind => !Without.Contains(kind)).ToList();
        var faults = left.Count == 0 ? "no faults" : Without.Count == 0 ? "all faults" : $"only {string.Join(", ", left)}";
        return $"seed {Seed}, {Hours} h, venue of {Shape.Name}, at most {MostBots} bots, {(HasHand ? "a hand" : "no hand")}, {faults}";
    }
}
