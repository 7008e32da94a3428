using Trellis.Core;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Binance;

/// <summary>Where Binance's USDⓈ-M futures are reached.</summary>
/// <param name="Rest">Base of <c>/fapi/…</c>.</param>
/// <param name="Wallet">Base of <c>/sapi/…</c>; null where there is none.</param>
/// <param name="Streams">Base of <c>/public</c>, <c>/market</c> and <c>/private</c>.</param>
internal sealed record BinanceAddresses(Uri Rest, Uri? Wallet, Uri Streams)
{
    /// <exception cref="ConfigurationException">The address is none, or the environment has none of its own.</exception>
    public static BinanceAddresses Of(AdapterOptions options)
    {
        if (options.Address is { } address)
        {
            return Custom(address, options.Environment);
        }

        return options.Environment switch
        {
            ExchangeEnvironment.Mainnet or ExchangeEnvironment.Paper =>
                new BinanceAddresses(new Uri("https://fapi.binance.com"), new Uri("https://api.binance.com"), new Uri("wss://fstream.binance.com")),
            ExchangeEnvironment.Testnet =>
                new BinanceAddresses(new Uri("https://demo-fapi.binance.com"), null, new Uri("wss://demo-fstream.binance.com")),
            _ => throw new ConfigurationException("exchange 'binance': environment simulator needs an address, such as http://127.0.0.1:8080"),
        };
    }

    private static BinanceAddresses Custom(Uri address, ExchangeEnvironment environment)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            throw new ConfigurationException($"exchange 'binance': address '{address}' can't be used; allowed: an http or https address, such as http://127.0.0.1:8080");
        }

        var root = new Uri(address.GetLeftPart(UriPartial.Authority));
        var streams = new UriBuilder(root) { Scheme = root.Scheme == "https" ? "wss" : "ws", Port = root.Port }.Uri;
        return new BinanceAddresses(root, environment == ExchangeEnvironment.Mainnet ? root : null, streams);
    }
}
