using System.Net;
using Trellis.Configuration.Model;
using Trellis.Exchanges.Adapters;

namespace Trellis.Cli.Live.Setup;

/// <summary>Which account a configuration trades, and how serious that is.</summary>
internal sealed record LiveAccount(string Exchange, ExchangeEnvironment Environment, string Name)
{
    /// <summary>Key of the journal, the lock, the socket: <c>binance/mainnet/main</c>.</summary>
    public string Key => $"{Exchange}/{Environment.ToString().ToLowerInvariant()}/{Name}";

    /// <summary>In words that can't be missed.</summary>
    public string Mode => Environment switch
    {
        ExchangeEnvironment.Mainnet => "LIVE",
        ExchangeEnvironment.Testnet => "TESTNET",
        ExchangeEnvironment.Paper => "DRY RUN",
        _ => "SIMULATOR",
    };

    public static LiveAccount Of(Document document)
    {
        var options = document.Exchange;
        return new LiveAccount("binance", document.DryRun ? ExchangeEnvironment.Paper : EnvironmentOf(options), options.Account);
    }

    /// <summary>Where prices come from, whatever is traded there. An address on this machine is no exchange of anybody's money.</summary>
    public static ExchangeEnvironment EnvironmentOf(ExchangeOptions options) => options switch
    {
        { Type: ExchangeType.Simulator } => ExchangeEnvironment.Simulator,
        { Address: { } address } when IsHere(new Uri(address)) => ExchangeEnvironment.Simulator,
        { Environment: TradingEnvironment.Testnet } => ExchangeEnvironment.Testnet,
        _ => ExchangeEnvironment.Mainnet,
    };

    private static bool IsHere(Uri address) => address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
}
