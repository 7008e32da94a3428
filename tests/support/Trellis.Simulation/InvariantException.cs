using Trellis.Simulation.Scenarios;

namespace Trellis.Simulation;

/// <summary>An invariant does not hold.</summary>
public sealed class InvariantException : Exception
{
    public InvariantException(string invariant, string detail, Exception? cause = null)
        : base($"{invariant}: {detail}", cause)
    {
        Invariant = invariant;
        Detail = detail;
    }

    /// <summary>Which invariant, in words.</summary>
    public string Invariant { get; }

    public string Detail { get; }

    /// <summary>How many steps had been taken.</summary>
    public long Step { get; init; }

    /// <summary>Milliseconds since the run began.</summary>
    public long Since { get; init; }

    public Scenario? Scenario { get; init; }

    /// <summary>For a person: what failed, where, and how to see it again.</summary>
    public string Report() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Invariant}\n  {Detail}\n  step {Step}, {TimeSpan.FromMilliseconds(Since):d\\.hh\\:mm\\:ss\\.fff} after the start\n  {Scenario}");
}
