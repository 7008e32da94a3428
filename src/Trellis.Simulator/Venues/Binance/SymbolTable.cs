using System.Diagnostics.CodeAnalysis;
using Trellis.Core.Matching;

namespace Trellis.Simulator.Venues.Binance;

/// <summary>The exchange's instruments under Binance's names.</summary>
public sealed class SymbolTable
{
    /// <summary>
    /// Binance accepts more decimals of a price than the tick has, and says so apart from the tick; these are the published ones
    /// (exchangeInfo of 2026-03-31). Others get one decimal more than their tick.
    /// </summary>
    private static readonly Dictionary<string, int> PublishedPricePrecision = new(StringComparer.Ordinal)
    {
        ["BTCUSDT"] = 2,
        ["ETHUSDT"] = 2,
        ["SOLUSDT"] = 4,
        ["XRPUSDT"] = 4,
        ["BNBUSDT"] = 3,
        ["ADAUSDT"] = 5,
        ["DOGEUSDT"] = 6,
        ["AVAXUSDT"] = 4,
        ["LINKUSDT"] = 3,
        ["LTCUSDT"] = 2,
        ["DOTUSDT"] = 3,
        ["TRXUSDT"] = 5,
    };

    private readonly Dictionary<string, BinanceSymbol> _byName = new(StringComparer.Ordinal);

    public SymbolTable(IReadOnlyList<MatchingInstrument> instruments)
    {
        All = [.. instruments.Select(Name)];
        foreach (var symbol in All)
        {
            _byName[symbol.Name] = symbol;
        }
    }

    /// <summary>In the engine's order, so that an instrument's index is its place.</summary>
    public IReadOnlyList<BinanceSymbol> All { get; }

    /// <summary>Finds a symbol by its name in upper case; lower case names are unknown, as they are to Binance's requests.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out BinanceSymbol? symbol) => _byName.TryGetValue(name, out symbol);

    private static BinanceSymbol Name(MatchingInstrument matching, int index)
    {
        var instrument = matching.Instrument;
        var tickDecimals = instrument.Rules.Max(rules => Decimals(rules.TickSize));
        var precision = PublishedPricePrecision.TryGetValue(instrument.Id.Symbol, out var published) ? Math.Max(published, tickDecimals) : tickDecimals + 1;
        return new BinanceSymbol(index, instrument.Id.Symbol, instrument.BaseCurrency, instrument.QuoteCurrency, precision, instrument.Rules.Max(rules => Decimals(rules.LotSize)));
    }

    /// <summary>Decimals without trailing zeros.</summary>
    private static int Decimals(decimal value) => (value / 1.000000000000000000000000000m).Scale;
}
