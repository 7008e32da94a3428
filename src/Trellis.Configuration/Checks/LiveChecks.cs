using Trellis.Configuration.Model;
using Trellis.Core;

namespace Trellis.Configuration.Checks;

/// <summary>What a document must say before it may trade real money, and need not say for anything else.</summary>
public sealed class LiveChecks : IDocumentCheck
{
    /// <summary>As <see cref="ForMainnet"/> where the document trades real money; nothing for a simulator, a testnet or paper trading.</summary>
    public IEnumerable<ConfigurationProblem> Check(Document document) =>
        document is { DryRun: false, Exchange: { Type: not ExchangeType.Simulator, Environment: TradingEnvironment.Mainnet } } ? ForMainnet(document) : [];

    /// <summary>What is missing for real money, whatever the document trades on: limits of position, exposure and drawdown.</summary>
    public static IReadOnlyList<ConfigurationProblem> ForMainnet(Document document)
    {
        (string Key, decimal? Limit, string Allowed)[] needed =
        [
            ("max_position", document.Risk.MaxPosition, "a number above 0, in quote currency"),
            ("max_total_exposure", document.Risk.MaxTotalExposure, "a number above 0, in quote currency"),
            ("max_drawdown_percent", document.Risk.MaxDrawdownPercent, "a number above 0 and at most 100"),
        ];
        return [.. needed.Where(setting => setting.Limit is null).Select(setting => new ConfigurationProblem
        {
            Path = $"risk.{setting.Key}",
            Rule = "is missing, and real money is not traded without it",
            Allowed = $"{setting.Allowed}; or dry_run: true, or exchange.environment: testnet",
        })];
    }
}
