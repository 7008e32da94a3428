namespace Trellis.Core.Markets;

/// <summary>Names one market of one exchange, written <c>binance/perp/BTCUSDT</c>.</summary>
/// <param name="Exchange">Lower case, e.g. <c>binance</c>.</param>
/// <param name="Market">Spot or perpetual.</param>
/// <param name="Symbol">The exchange's own symbol in upper case letters and digits.</param>
public readonly record struct InstrumentId(string Exchange, MarketKind Market, string Symbol)
{
    public override string ToString() => string.Concat(Exchange, Market == MarketKind.Spot ? "/spot/" : "/perp/", Symbol);
}
