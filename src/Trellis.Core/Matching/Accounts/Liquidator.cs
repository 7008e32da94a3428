using Trellis.Core.Matching.Conditional;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Accounts;

/// <summary>
/// Closes accounts whose margin balance fell below Σ maintenance margin at mark prices: all orders end, every position is sold or bought in the book,
/// the house takes over at the mark price what the book can't; then the liquidation fee (of what was closed, at most what is left in the
/// wallet) goes to the insurance fund, and the fund pays what is below zero.
/// </summary>
internal sealed class Liquidator(Floor floor, Bookkeeper books, OrderRegister register, ConditionalDesk conditionals, Matcher matcher)
{
    /// <summary>Share of margin balance, in percent, that maintenance margin may take up before the account is warned.</summary>
    private const int CallPercent = 80;

    /// <summary>Looks at the next account that may have too little margin; false where there is none.</summary>
    public bool CheckNext()
    {
        while (floor.Exposed.Count > 0)
        {
            var account = floor.Accounts[floor.Exposed.Min];
            floor.Exposed.Remove(account.Id.Value);
            if (!account.IsHouse && Check(account))
            {
                return true;
            }
        }

        return false;
    }

    private bool Check(MarginAccount account)
    {
        var state = MarginDesk.Of(account);
        if (!account.HasPosition)
        {
            account.MarginWasCalled = false;
            return CoverDebt(account);
        }

        if (state.Balance < state.Maintenance)
        {
            Liquidate(account, state);
            return true;
        }

        var isNear = state.Maintenance * 100 >= state.Balance * CallPercent;
        if (isNear && !account.MarginWasCalled)
        {
            floor.Tell(new MarginCalled(floor.Time, account.Id, account.WalletBalance, PositionsOf(account, state)));
        }

        account.MarginWasCalled = isNear;
        return false;
    }

    private void Liquidate(MarginAccount account, in MarginState state)
    {
        floor.Tell(new Liquidated(floor.Time, account.Id, new Money(state.Balance).ToDecimal(), new Money(state.Maintenance).ToDecimal()));
        register.EndAll(account, null, OrderStatus.Expired, OrderEnd.Liquidation);
        conditionals.CancelAll(account, null, ConditionalStatus.Expired);
        foreach (var holding in account.Holdings)
        {
            for (var slot = 0; slot < 2; slot++)
            {
                if (holding[slot].Size != 0)
                {
                    Close(account, holding, slot);
                }
            }
        }

        CoverDebt(account);
        account.MarginWasCalled = false;
    }

    private void Close(MarginAccount account, Holding holding, int slot)
    {
        var market = holding.Market;
        var order = LiquidationOrder.Of(floor, account, holding, slot);
        register.Add(order);
        matcher.Take(order);
        if (order.IsOpen)
        {
            var mark = Math.Max(1, (market.MarkPrice + (market.Tick / 2)) / market.Tick) * market.Tick;
            matcher.Trade(order, matcher.HouseOrder(market, order.Side.Opposite(), mark, order.Remaining), mark, order.Remaining);
        }

        var fee = Int128.Min(new Rate(market.Definition.LiquidationFee).Of(order.ExecutedNotional), Int128.Max(0, account.Wallet));
        if (fee != 0)
        {
            books.Pay(account, BalanceReason.Liquidation, IncomeKind.InsuranceClear, market, -fee, slot);
            floor.Purses.Insurance += fee;
        }
    }

    /// <summary>Without positions nothing can make a wallet below zero good: the insurance fund does.</summary>
    private bool CoverDebt(MarginAccount account)
    {
        if (account.Wallet >= 0)
        {
            return false;
        }

        var debt = -account.Wallet;
        floor.Purses.Insurance -= debt;
        books.Pay(account, BalanceReason.Insurance, IncomeKind.InsuranceClear, null, debt);
        return true;
    }

    private static List<PositionSummary> PositionsOf(MarginAccount account, in MarginState state)
    {
        var positions = new List<PositionSummary>();
        foreach (var holding in account.Holdings)
        {
            for (var slot = 0; slot < 2; slot++)
            {
                if (holding[slot].Size != 0)
                {
                    positions.Add(SummaryDesk.Of(account, holding, slot, state));
                }
            }
        }

        return positions;
    }
}
