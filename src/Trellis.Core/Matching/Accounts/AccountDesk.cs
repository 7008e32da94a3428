using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.Accounts;

/// <summary>Opens accounts, moves their money and changes their settings.</summary>
internal sealed class AccountDesk(Floor floor, Bookkeeper books)
{
    private const decimal MostTransferred = 1_000_000_000_000m;

    public Outcome<AccountSummary> Open(OpenAccount command)
    {
        var account = new MarginAccount(floor, new AccountId(floor.Accounts.Count), command.Name, command.HedgeMode, command.Leverage);
        floor.Accounts.Add(account);
        return SummaryDesk.Of(account);
    }

    /// <exception cref="ConfigurationException">The amount is beyond 10^12.</exception>
    public Outcome<AccountSummary> Move(MarginAccount account, decimal amount)
    {
        if (Math.Abs(amount) > MostTransferred)
        {
            throw new ConfigurationException($"{account.Id}: a transfer of {amount} is out of range; the most is {MostTransferred}");
        }

        var units = Money.FromDecimal(amount).Units;
        var state = MarginDesk.Of(account);
        var free = account.Wallet + Int128.Min(0, state.Unrealized) - state.Initial;
        if (units < 0 && !account.IsHouse && -units > free)
        {
            return new Refusal(RefusalReason.InsufficientBalance, $"{-amount} can't be taken from the wallet; available are {new Money(Int128.Max(0, free))}");
        }

        floor.Purses.Deposits += units;
        books.Pay(account, units >= 0 ? BalanceReason.Deposit : BalanceReason.Withdrawal, IncomeKind.Transfer, null, units);
        floor.NoteExposure(account);
        return SummaryDesk.Of(account);
    }

    public Outcome<AccountSummary> Set(MarginAccount account, Market market, int leverage)
    {
        if (leverage < 1 || leverage > market.Tiers.MaxLeverage)
        {
            return new Refusal(RefusalReason.LeverageOutOfRange, $"leverage {leverage}; on {market.Definition.Instrument.Id} it is 1 to {market.Tiers.MaxLeverage}");
        }

        var holding = account.On(market);
        var worst = MarginDesk.Worst(holding, 0, 0, 0) + MarginDesk.Worst(holding, 1, 0, 0);
        if (worst > market.Tiers.CapAt(leverage))
        {
            return new Refusal(
                RefusalReason.PositionAboveLeverageCap,
                $"position and open orders come to {new Money(worst)}; leverage {leverage} allows {new Money(market.Tiers.CapAt(leverage))}");
        }

        var before = holding.Leverage;
        holding.Leverage = leverage;
        if (leverage < before && !account.IsHouse && MarginDesk.Of(account).Free < 0)
        {
            holding.Leverage = before;
            return new Refusal(RefusalReason.InsufficientMargin, $"with leverage {leverage} the margin of positions and open orders would exceed what the account has");
        }

        floor.Tell(new AccountSettingChanged(floor.Time, account.Id, market.Index, leverage, account.Hedge));
        return SummaryDesk.Of(account);
    }

    public Outcome<AccountSummary> Set(MarginAccount account, bool hedge)
    {
        if (account.Hedge == hedge)
        {
            return new Refusal(RefusalReason.PositionModeUnchanged, $"the account is in {(hedge ? "hedge" : "one-way")} mode already");
        }

        foreach (var holding in account.Holdings)
        {
            if (holding.OpenOrders > 0 || holding.WaitingConditionals > 0)
            {
                return new Refusal(RefusalReason.HasOpenOrders, $"the position mode can't change with open orders on {holding.Market.Definition.Instrument.Id}");
            }
        }

        foreach (var holding in account.Holdings)
        {
            if (holding.HasPosition)
            {
                return new Refusal(RefusalReason.HasPosition, $"the position mode can't change with a position on {holding.Market.Definition.Instrument.Id}");
            }
        }

        account.Hedge = hedge;
        floor.Tell(new AccountSettingChanged(floor.Time, account.Id, -1, account.Holdings[0].Leverage, hedge));
        return SummaryDesk.Of(account);
    }

    public static Outcome<AccountSummary> Set(MarginAccount account, MarginMode mode) => mode == MarginMode.Cross
        ? new Refusal(RefusalReason.MarginModeUnchanged, $"{account.Id} is in cross margin mode already")
        : new Refusal(RefusalReason.IsolatedMarginUnsupported, "this exchange margins every position from the whole wallet (cross)");

    /// <summary>Every position pays − size × price × rate, each rounded by itself; what remains between payers and receivers is rounding.</summary>
    /// <param name="mark">In price units.</param>
    public void SettleFunding(Market market, Rate rate, int mark)
    {
        foreach (var account in floor.Accounts)
        {
            var holding = account.On(market);
            for (var slot = 0; slot < 2; slot++)
            {
                var amount = -rate.Of(market.Notional(mark, holding[slot].Size));
                if (amount != 0)
                {
                    books.Pay(account, BalanceReason.Funding, IncomeKind.Funding, market, amount, slot);
                    floor.Purses.Rounding -= amount;
                    floor.NoteExposure(account);
                }
            }
        }
    }
}
