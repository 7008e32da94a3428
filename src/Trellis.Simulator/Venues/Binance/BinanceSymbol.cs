namespace Trellis.Simulator.Venues.Binance;

/// <summary>A perpetual under Binance's name, with the number of decimals that Binance writes.</summary>
/// <param name="Instrument">Index of the instrument in the engine.</param>
/// <param name="Name">Upper case, such as <c>BTCUSDT</c>.</param>
/// <param name="PricePrecision">Decimals of a price; at least those of the tick.</param>
/// <param name="QuantityPrecision">Decimals of a quantity: those of the lot.</param>
public sealed record BinanceSymbol(int Instrument, string Name, string BaseAsset, string QuoteAsset, int PricePrecision, int QuantityPrecision)
{
    /// <summary>The name as streams spell it, such as <c>btcusdt</c>.</summary>
    public string LowerName { get; } = Name.ToLowerInvariant();

    /// <summary>Decimals of a sum of price × quantity.</summary>
    public int NotionalPrecision => PricePrecision + QuantityPrecision;
}
