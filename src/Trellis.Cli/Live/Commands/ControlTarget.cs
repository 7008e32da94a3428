using System.CommandLine;
using Trellis.Cli.Live.Setup;
using Trellis.Core;
using Trellis.Server.Control;

namespace Trellis.Cli.Live.Commands;

/// <summary>Which running bot a command speaks to: the only one, or the one of <c>--account</c>.</summary>
internal static class ControlTarget
{
    public static Option<string?> Option() => new("--account")
    {
        Description = "Which account, where several are traded, such as binance/testnet/main.",
        HelpName = "ACCOUNT",
    };

    /// <exception cref="ConfigurationException">None runs, or several do.</exception>
    public static ControlClient Connect(string? account)
    {
        var home = HomeFolder.Find(Environment.GetEnvironmentVariable);
        if (account is not null)
        {
            return new ControlClient(home.Socket(account));
        }

        var sockets = home.Sockets().ToList();
        return sockets switch
        {
            [var only] => new ControlClient(only),
            [] => throw new RunException($"nothing runs: there is no control socket below {home.Path}; 'trellis run CONFIG' starts a bot"),
            _ => throw new ConfigurationException($"several accounts are traded: {string.Join(", ", sockets.Select(Path.GetFileNameWithoutExtension))}; say which with --account"),
        };
    }
}
