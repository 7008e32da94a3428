using Trellis.Core.Markets;

namespace Trellis.Exchanges.Paper;

/// <summary>What a paper account is made from.</summary>
public sealed record PaperOptions
{
    /// <summary>File that the account is kept in; its folder is made where there is none.</summary>
    public required string StatePath { get; init; }

    /// <summary>What a new account begins with, in the instruments' quote currency; an account that is kept has its own money.</summary>
    public required decimal Balance { get; init; }

    /// <summary>Position mode of a new account.</summary>
    public bool HedgeMode { get; init; }

    /// <summary>From what the exchange offers to what is traded here: rules of the exchange, fees and leverage tiers as they shall count. All settle in one currency.</summary>
    public required Func<IReadOnlyList<Instrument>, IReadOnlyList<Instrument>> Instruments { get; init; }
}
