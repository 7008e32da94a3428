using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets;

namespace Trellis.Simulator.Control;

/// <summary>Everything that the control API shows and moves.</summary>
public sealed record ControlContext
{
    /// <summary>Opens the API; at least one letter.</summary>
    public required string Token { get; init; }

    public required SimulatedExchange Exchange { get; init; }

    public required MarketDriver Driver { get; init; }

    public required ISimulatorClock Clock { get; init; }

    public required MarketDataStore MarketData { get; init; }

    public required FaultPlan Faults { get; init; }

    public required IActivity Activity { get; init; }

    /// <summary>The accounts by name, the house left out.</summary>
    public required IReadOnlyDictionary<string, AccountId> Accounts { get; init; }
}
