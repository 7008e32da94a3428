using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>Nothing is made and nothing is lost: wallets are the sums of their income, trading is a game of zero sum, and so is funding but for rounding.</summary>
internal sealed class MoneyAudit(MatchingEngine engine)
{
    private const decimal RoundingOfOneEntry = 0.000_000_000_000_5m;

    private readonly Dictionary<AccountId, decimal> wallets = new() { [new AccountId(0)] = 0m };
    private readonly Dictionary<IncomeKind, decimal> sums = [];
    private decimal fundingEntries;

    public void See(MatchingEvent happened)
    {
        switch (happened)
        {
            case IncomeBooked income:
                var wallet = wallets.GetValueOrDefault(income.Account);
                if (income.Kind == IncomeKind.InsuranceClear)
                {
                    (wallet + income.Amount).ShouldBe(0m, "the insurance fund takes over what is below zero, and no more");
                    income.Amount.ShouldBeGreaterThan(0m);
                }

                wallets[income.Account] = wallet + income.Amount;
                sums[income.Kind] = sums.GetValueOrDefault(income.Kind) + income.Amount;
                fundingEntries += income.Kind == IncomeKind.Funding ? 1 : 0;
                break;
            case AccountChanged changed:
                wallets.TryAdd(changed.Account, 0m);
                changed.WalletBalance.ShouldBe(wallets[changed.Account], $"wallet in the event of {changed.Account} ({changed.Reason}) is the sum of its income");
                break;
        }
    }

    public void Check()
    {
        var signedCost = 0m;
        Dictionary<int, decimal> sizes = [];
        foreach (var (account, wallet) in wallets)
        {
            var summary = engine.Summarize(account);
            summary.WalletBalance.ShouldBe(wallet, $"wallet of {account} is the sum of its income");
            foreach (var position in summary.Positions)
            {
                signedCost += position.UnrealizedProfit - position.Notional;
                sizes[position.Instrument] = sizes.GetValueOrDefault(position.Instrument) + position.Quantity;
            }
        }

        sizes.Values.ShouldAllBe(size => size == 0m, "positions of an instrument sum to zero over all accounts");
        (sums.GetValueOrDefault(IncomeKind.RealizedProfit) + signedCost).ShouldBe(0m, "what was realized and what positions still cost sum to zero over all accounts");
        Math.Abs(sums.GetValueOrDefault(IncomeKind.Funding)).ShouldBeLessThanOrEqualTo(fundingEntries * RoundingOfOneEntry, "funding paid is funding received, but for rounding");
    }
}
