using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance;

/// <summary>Makes Binance's USDⓈ-M futures known to a registry.</summary>
public static class BinanceRegistration
{
    /// <summary>The name under which the adapter asks for its HTTP client.</summary>
    public const string ClientName = "binance";

    /// <summary>
    /// Adds the adapter <c>binance</c>. Adapters of one registry share their limits by address; a program needs one registry alone.
    /// </summary>
    /// <param name="clients">Where HTTP clients come from, set up as <see cref="Http.ExchangeHttpClients.Configure"/> does.</param>
    public static AdapterRegistry AddBinance(this AdapterRegistry registry, IHttpClientFactory clients)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(clients);
        var limiters = new RequestLimiters();
        return registry.Add(Words.Exchange, (options, time) =>
        {
            var addresses = BinanceAddresses.Of(options);
            return new BinanceAdapter(options, addresses, clients.CreateClient(ClientName), limiters.Of(addresses.Rest, time), time);
        });
    }
}
