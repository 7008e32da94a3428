using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>Wallets, modes and funding.</summary>
internal sealed partial class NaiveExchange
{
    private void Open(bool hedgeMode, int leverage) => Accounts.Add(new NaiveAccount
    {
        Id = new AccountId(Accounts.Count),
        HedgeMode = hedgeMode,
        Leverage = [.. Enumerable.Repeat(leverage, Markets.Count)],
        Countdown = new long[Markets.Count],
    });

    private void Book(AccountId account, IncomeKind kind, int instrument, decimal amount)
    {
        Accounts[account.Value].Wallet += amount;
        incomes.Add(new NaiveIncome(account, kind, instrument, amount));
    }

    private NaiveReport Move(Transfer transfer)
    {
        if (transfer.Amount < 0 && verdict.RefusesCommand)
        {
            return Refused(verdict.Refusal!.Value);
        }

        Book(transfer.Account, IncomeKind.Transfer, -1, transfer.Amount);
        return Refused();
    }

    private NaiveReport Lever(SetLeverage command)
    {
        var tiers = IsKnown(command.Instrument) ? Markets[command.Instrument].Info.Instrument.LeverageTiers : [];
        if (!IsKnown(command.Instrument))
        {
            return Refused(RefusalReason.UnknownInstrument);
        }

        if (command.Leverage < 1 || command.Leverage > tiers.Max(tier => tier.MaxLeverage))
        {
            return Refused(RefusalReason.LeverageOutOfRange);
        }

        if (verdict.RefusesCommand)
        {
            return Refused(verdict.Refusal!.Value);
        }

        Accounts[command.Account.Value].Leverage[command.Instrument] = command.Leverage;
        return Refused();
    }

    private NaiveReport Hedge(SetPositionMode command)
    {
        var account = Accounts[command.Account.Value];
        List<RefusalReason> reasons = [];
        if (account.HedgeMode == command.HedgeMode)
        {
            return Refused(RefusalReason.PositionModeUnchanged);
        }

        if (Markets.Any(market => market.Resting.Any(order => order.Account == account.Id) || market.Waiting.Any(order => order.Account == account.Id)))
        {
            reasons.Add(RefusalReason.HasOpenOrders);
        }

        if (account.HasPositions)
        {
            reasons.Add(RefusalReason.HasPosition);
        }

        if (reasons.Count == 0)
        {
            account.HedgeMode = command.HedgeMode;
        }

        return Refused(reasons);
    }

    private NaiveReport Margin(SetMarginMode command) => Refused(
        !IsKnown(command.Instrument) ? RefusalReason.UnknownInstrument
        : command.Mode == MarginMode.Cross ? RefusalReason.MarginModeUnchanged
        : RefusalReason.IsolatedMarginUnsupported);

    private NaiveReport CountDown(SetCountdown command)
    {
        if (!IsKnown(command.Instrument))
        {
            return Refused(RefusalReason.UnknownInstrument);
        }

        Accounts[command.Account.Value].Countdown[command.Instrument] = command.At;
        LetTimePass(command.Time);
        return Refused();
    }

    /// <summary>Longs pay a positive rate, shorts receive it.</summary>
    private NaiveReport Settle(SettleFunding command)
    {
        foreach (var account in Accounts)
        {
            foreach (var side in (PositionSide[])[PositionSide.Net, PositionSide.Long, PositionSide.Short])
            {
                var size = account.Position(command.Instrument, side).Size;
                if (size != 0)
                {
                    var value = size * command.MarkPrice * Markets[command.Instrument].Multiplier;
                    Book(account.Id, IncomeKind.Funding, command.Instrument, -NaiveMoney.Round(value * command.Rate));
                }
            }
        }

        return Refused();
    }
}
