namespace Trellis.Core.Markets;

public enum MarketKind
{
    /// <summary>Coins change hands: no leverage, no short selling, fees by default in what is received.</summary>
    Spot,

    /// <summary>A linear perpetual contract, margined and settled in the quote currency.</summary>
    Perp,
}
