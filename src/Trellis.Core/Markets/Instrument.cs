namespace Trellis.Core.Markets;

/// <summary>A market that can be traded: its identity, its dated rules and its margin table.</summary>
public sealed record Instrument
{
    public required InstrumentId Id { get; init; }

    public required string BaseCurrency { get; init; }

    public required string QuoteCurrency { get; init; }

    /// <summary>Base currency per contract; 1 where an order's quantity is in the base currency itself.</summary>
    public decimal ContractMultiplier { get; init; } = 1m;

    /// <summary>Sorted by <see cref="InstrumentRules.ValidFrom"/>; at least one.</summary>
    public required IReadOnlyList<InstrumentRules> Rules { get; init; }

    /// <summary>Sorted by notional; empty on spot.</summary>
    public IReadOnlyList<LeverageTier> LeverageTiers { get; init; } = [];

    public FeeCurrency FeeCurrency { get; init; }

    /// <summary>The rules in force at an instant; before the first date, the first rules.</summary>
    public InstrumentRules RulesAt(DateTimeOffset time)
    {
        var found = Rules[0];
        foreach (var rules in Rules)
        {
            if (rules.ValidFrom <= time)
            {
                found = rules;
            }
        }

        return found;
    }
}
