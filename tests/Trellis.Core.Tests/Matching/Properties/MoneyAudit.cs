using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>Nothing is made and nothing is lost: wallets are the sums of their income, trading is a game of zero sum, and so is funding but for rounding.</summary>
internal sealed class MoneyAudit(MatchingEngine engine)
{
    private const decimal RoundingOfOneEntry = 0.000_000_000_000_5m;

    private readonly Dictionary<AccountId, decimal> wallets = [];
    private readonly Dictionary<IncomeKind, decimal> sums = [];
    private readonly Dictionary<AccountId, decimal> told = [];
    private decimal fundingEntries;

    public void See(MatchingEvent happened)
    {
        switch (happened)
        {
            case IncomeBooked income:
                var wallet = wallets.GetValueOrDefault(income.Account);
                if (income.Kind == IncomeKind.InsuranceClear)
                {
                    // Below 0 it is the fee of a forced close, which takes no more than there is.
                    var left = wallet + income.Amount;
                    (income.Amount > 0 ? left == 0 : left >= 0).ShouldBeTrue($"the insurance fund takes over what is below zero, and no more: {income} of a wallet of {wallet}");
                }

                wallets[income.Account] = wallet + income.Amount;
                sums[income.Kind] = sums.GetValueOrDefault(income.Kind) + income.Amount;
                fundingEntries += income.Kind == IncomeKind.Funding ? 1 : 0;
                break;
            case AccountChanged changed:
                told[changed.Account] = told.GetValueOrDefault(changed.Account) + changed.Change;
                changed.WalletBalance.ShouldBe(told[changed.Account], $"{changed} tells the wallet before and its own change");
                break;
        }
    }

    /// <summary>After a command: the changes that account events told have been booked entry by entry.</summary>
    public void CheckTold()
    {
        foreach (var (account, wallet) in wallets)
        {
            told.GetValueOrDefault(account).ShouldBe(wallet, $"the changes that events of {account} told sum to its income");
        }
    }

    public void Check()
    {
        var (allWallets, signedCost) = (0m, 0m);
        var sizes = new decimal[engine.Instruments.Count];
        for (var account = 0; account < engine.AccountCount; account++)
        {
            var summary = engine.Summarize(new AccountId(account));
            if (account > 0)
            {
                summary.WalletBalance.ShouldBe(wallets.GetValueOrDefault(summary.Account), $"wallet of {summary.Account} is the sum of its income");
            }

            allWallets += summary.WalletBalance;
            foreach (var position in summary.Positions)
            {
                signedCost += position.UnrealizedProfit - position.Notional;
                sizes[position.Instrument] += position.Quantity;
            }
        }

        sizes.ShouldAllBe(size => size == 0m, "positions of an instrument sum to zero over all accounts");
        var totals = engine.Totals;
        totals.NetQuantities.ShouldBe(sizes);
        (totals.Wallets, totals.PositionCosts).ShouldBe((allWallets, signedCost));
        (totals.Deposits, totals.Fees).ShouldBe((sums.GetValueOrDefault(IncomeKind.Transfer), -sums.GetValueOrDefault(IncomeKind.Fee)));
        totals.Insurance.ShouldBe(-sums.GetValueOrDefault(IncomeKind.InsuranceClear));
        (allWallets + signedCost + totals.Fees + totals.Insurance + totals.Rounding).ShouldBe(totals.Deposits, "money is neither made nor lost");

        // The house, which has no income events, is paid and pays funding too: one more entry for each that a user has.
        Math.Abs(totals.Rounding).ShouldBeLessThanOrEqualTo(fundingEntries * 2 * RoundingOfOneEntry, "funding paid is funding received, but for rounding");
    }
}
