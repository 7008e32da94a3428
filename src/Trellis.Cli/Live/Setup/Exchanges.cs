using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance;

namespace Trellis.Cli.Live.Setup;

/// <summary>The one place where exchanges are hung on the program.</summary>
internal static class Exchanges
{
    public static AdapterRegistry All(IHttpClientFactory clients) => new AdapterRegistry().AddBinance(clients);

    /// <param name="document">Says which exchange, and how.</param>
    /// <param name="account">That is traded.</param>
    /// <param name="simulator">Where the embedded simulator listens; null without one.</param>
    /// <param name="clients">Its connections.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="ConfigurationException">Keys are missing.</exception>
    public static IExchangeAdapter Create(Document document, LiveAccount account, EmbeddedSimulator? simulator, IHttpClientFactory clients, TimeProvider time)
    {
        var options = document.Exchange;
        if (simulator is null && account.Environment != ExchangeEnvironment.Paper && (options.ApiKey is null || options.ApiSecret is null))
        {
            throw new ConfigurationException("exchange.api_key, exchange.api_secret: needed to trade; set them in the environment (TRELLIS__EXCHANGE__API_KEY, TRELLIS__EXCHANGE__API_SECRET), not in the file");
        }

        return All(clients).Create(account.Exchange, new AdapterOptions
        {
            Environment = account.Environment == ExchangeEnvironment.Paper ? (options.Environment == TradingEnvironment.Testnet ? ExchangeEnvironment.Testnet : ExchangeEnvironment.Mainnet) : account.Environment,
            Address = simulator?.Address ?? (options.Address is { } address ? new Uri(address) : null),
            ApiKey = simulator is null ? options.ApiKey ?? "" : EmbeddedSimulator.Key,
            ApiSecret = simulator is null ? options.ApiSecret ?? "" : EmbeddedSimulator.Secret,
            PollOnly = options.PollOnly,
            PollEvery = TimeSpan.FromSeconds((double)options.PollSeconds),
            SilenceLimit = TimeSpan.FromSeconds(options.SilenceSeconds),
            ReceiveWindow = options.ReceiveWindowMs,
        }, time);
    }
}
