using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>No account stays below its maintenance margin, and a summary adds up.</summary>
internal sealed class MarginAudit(MatchingEngine engine)
{
    private readonly HashSet<AccountId> users = [];

    public void See(MatchingEvent happened)
    {
        if (happened is AccountChanged changed && changed.Account.Value != 0)
        {
            users.Add(changed.Account);
        }
    }

    public void Check(IReadOnlyList<MatchingEvent> events)
    {
        foreach (var account in users)
        {
            var summary = engine.Summarize(account);
            var held = summary.Positions.Where(position => position.Quantity != 0).ToList();
            summary.MarginBalance.ShouldBe(summary.WalletBalance + summary.UnrealizedProfit);
            summary.UnrealizedProfit.ShouldBe(held.Sum(position => position.UnrealizedProfit));
            summary.InitialMargin.ShouldBe(summary.PositionInitialMargin + summary.OpenOrderInitialMargin);
            summary.PositionInitialMargin.ShouldBe(held.Sum(position => position.InitialMargin));
            summary.MaintenanceMargin.ShouldBe(held.Sum(position => position.MaintenanceMargin));
            summary.AvailableBalance.ShouldBeGreaterThanOrEqualTo(0m);
            if (held.Count > 0)
            {
                summary.MarginBalance.ShouldBeGreaterThanOrEqualTo(summary.MaintenanceMargin, $"{account} stays below its maintenance margin");
            }
            else
            {
                summary.WalletBalance.ShouldBeGreaterThanOrEqualTo(0m, $"{account} has nothing left that could pay its debt");
            }
        }

        foreach (var liquidated in events.OfType<Liquidated>())
        {
            liquidated.MarginBalance.ShouldBeLessThan(liquidated.MaintenanceMargin);
        }
    }
}
