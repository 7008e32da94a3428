using Trellis.Core.Matching;
using Trellis.Simulator;

namespace Trellis.Cli.Simulator;

/// <summary>The one line that says what runs where.</summary>
internal static class ReadyLine
{
    public static string Of(ExchangeSimulator simulator)
    {
        var options = simulator.Options;
        var symbols = string.Join(", ", simulator.Instruments.Select(instrument => instrument.Instrument.Id.Symbol));
        var rule = options.Market.FillRule == FillRule.Book ? "book" : "candle";
        return $"ready: {options.Market.Listings.Exchange} USDⓈ-M futures on http://{simulator.EndPoint} and ws://{simulator.EndPoint}; {symbols} at {options.Market.Speed}, fill rule {rule}; "
            + $"{string.Join(", ", options.Accounts.Select(Account))}; control token {options.ControlToken}; how to point a client at it: docs/simulator.md";
    }

    // A secret that a person chose is theirs to know; the default one is everybody's.
    private static string Account(SimulatedAccount account) =>
        $"account {account.Name}: key {account.Key}, secret {(account.Secret == AccountArguments.DefaultSecret ? account.Secret : "as given")}";
}
