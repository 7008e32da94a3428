using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance;
using Trellis.Exchanges.Paper;

namespace Trellis.Cli.Live.Setup;

/// <summary>The one place where exchanges are hung on the program.</summary>
internal static class Exchanges
{
    public static AdapterRegistry All(IHttpClientFactory clients) => new AdapterRegistry().AddBinance(clients);

    /// <param name="document">Says which exchange, and how.</param>
    /// <param name="account">That is traded.</param>
    /// <param name="simulator">Where the embedded simulator listens; null without one.</param>
    /// <param name="home">Where a paper account is kept.</param>
    /// <param name="clients">Its connections.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="ConfigurationException">Keys are missing.</exception>
    public static IExchangeAdapter Create(Document document, LiveAccount account, EmbeddedSimulator? simulator, HomeFolder home, IHttpClientFactory clients, TimeProvider time)
    {
        var options = document.Exchange;
        var isPaper = account.Environment == ExchangeEnvironment.Paper;
        if (simulator is null && !isPaper && (options.ApiKey is null || options.ApiSecret is null))
        {
            throw new ConfigurationException("exchange.api_key, exchange.api_secret: needed to trade; set them in the environment (TRELLIS__EXCHANGE__API_KEY, TRELLIS__EXCHANGE__API_SECRET), not in the file");
        }

        // Without keys no order could leave, whatever went wrong.
        var (key, secret) = isPaper ? ("", "") : simulator is null ? (options.ApiKey ?? "", options.ApiSecret ?? "") : (EmbeddedSimulator.Key, EmbeddedSimulator.Secret);
        var adapter = All(clients).Create(account.Exchange, new AdapterOptions
        {
            Environment = LiveAccount.EnvironmentOf(options),
            Address = simulator?.Address ?? (options.Address is { } address ? new Uri(address) : null),
            ApiKey = key,
            ApiSecret = secret,
            PollOnly = options.PollOnly,
            PollEvery = TimeSpan.FromSeconds((double)options.PollSeconds),
            SilenceLimit = TimeSpan.FromSeconds(options.SilenceSeconds),
            ReceiveWindow = options.ReceiveWindowMs,
        }, time);
        return isPaper ? new PaperAdapter(adapter, Paper(document, home.Paper(account.Key), time), time) : adapter;
    }

    private static PaperOptions Paper(Document document, string path, TimeProvider time) => new()
    {
        StatePath = path,
        Balance = document.Account.Balance,
        HedgeMode = document.Account.PositionMode == PositionMode.Hedge,
        Instruments = offered => LiveSettings.Instruments(document, offered, time.GetUtcNow()),
    };
}
