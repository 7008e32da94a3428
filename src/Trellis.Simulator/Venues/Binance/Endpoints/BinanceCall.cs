using System.Text.Json;
using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Requests;
using Trellis.Simulator.Venues.Binance.Signing;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>One request on its way through an endpoint, whichever wire it came by.</summary>
internal sealed class BinanceCall
{
    public required BinanceServices Services { get; init; }

    public required Parameters Parameters { get; init; }

    /// <summary>Where the answer is written: one JSON value.</summary>
    public required Utf8JsonWriter Answer { get; init; }

    /// <summary>The client's address, by which weights are counted.</summary>
    public required string Address { get; init; }

    /// <summary>Whose request it is; only where the endpoint asks for a key.</summary>
    public ApiKey? Key { get; set; }

    public AccountId Account => Key!.Account;

    /// <summary>The mandatory parameter <c>symbol</c>.</summary>
    public BinanceSymbol Symbol() => Find(Parameters.Required("symbol"));

    /// <summary>The parameter <c>symbol</c>; null where it is missing.</summary>
    public BinanceSymbol? OptionalSymbol() => Parameters.Optional("symbol") is { } name ? Find(name) : null;

    /// <summary>The symbol that was asked for, or all of them.</summary>
    public IEnumerable<BinanceSymbol> SymbolOrAll() => OptionalSymbol() is { } symbol ? [symbol] : Services.Symbols.All;

    private BinanceSymbol Find(string name) =>
        Services.Symbols.TryFind(name, out var symbol) ? symbol : throw new RequestRefusedException(RequestErrors.InvalidSymbol);
}
