using System.Globalization;

namespace Trellis.Simulation.Scenarios;

/// <summary>How an exchange words what it says, where exchanges differ.</summary>
public sealed record VenueShape
{
    public required string Name { get; init; }

    /// <summary>Base currency per contract.</summary>
    public required decimal Multiplier { get; init; }

    /// <summary>Answers say that an order was taken, not what it is.</summary>
    public required bool AcknowledgesOnly { get; init; }

    /// <summary>The stream names the client order id with each fill.</summary>
    public required bool FillsNameTheOrder { get; init; }

    /// <summary>Ids are 32 letters and digits instead of growing numbers.</summary>
    public required bool HasLongIds { get; init; }

    /// <summary>Decimals of money that is told.</summary>
    public required int MoneyDecimals { get; init; }

    /// <summary>How far the times of fills and payments are ahead of the clock of the exchange's servers, milliseconds: replayed markets have a time of their own.</summary>
    public long MarketAhead { get; init; }

    /// <summary>Quantities in coins, ids that are numbers, answers with the whole order.</summary>
    public static VenueShape Coins { get; } = new() { Name = "coins", Multiplier = 1m, AcknowledgesOnly = false, FillsNameTheOrder = true, HasLongIds = false, MoneyDecimals = 12 };

    /// <summary>Contracts of a hundredth of a coin, ids of 32 letters and digits, answers that only acknowledge, fills that name the venue's order alone.</summary>
    public static VenueShape Contracts { get; } = new() { Name = "contracts", Multiplier = 0.01m, AcknowledgesOnly = true, FillsNameTheOrder = false, HasLongIds = true, MoneyDecimals = 8 };

    /// <summary>Coins on a market that is a day ahead of its servers.</summary>
    public static VenueShape Ahead { get; } = Coins with { Name = "coins, a day ahead", MarketAhead = 86_400_000 };

    /// <summary>The id that the exchange tells for one of its numbers.</summary>
    /// <param name="kind">Numbers of different kinds have different ids.</param>
    public string Id(char kind, long number)
    {
        if (!HasLongIds)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(kind == 'o' ? "" : kind.ToString())}{number}");
        }

        var first = ((ulong)number * 0x9E3779B97F4A7C15) ^ ((ulong)kind << 40);
        return string.Create(CultureInfo.InvariantCulture, $"{first:X16}{(first ^ (first >> 29)) * 0xBF58476D1CE4E5B9:X16}");
    }
}
