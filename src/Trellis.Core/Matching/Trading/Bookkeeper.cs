using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.Trading;

/// <summary>Books fills and payments into positions, wallets and purses, and tells what became of the accounts.</summary>
internal sealed class Bookkeeper(Floor floor)
{
    private readonly List<Pending> pending = [];
    private readonly List<IncomeBooked> income = [];

    /// <summary>Books one side of a trade.</summary>
    /// <param name="fee">Paid above 0.</param>
    public void BookFill(LiveOrder order, int price, long quantity, Int128 fee, bool isMaker, long tradeId)
    {
        var market = order.Market;
        var account = order.Account;
        var holding = account.On(market);
        var slot = order.Slot;
        var value = price * market.Units.NotionalFactor;
        order.Executed += quantity;
        order.ExecutedNotional += Math.BigMul(value, quantity);
        order.UpdatedAt = floor.Time;
        (order.Status, order.End) = order.Remaining == 0 ? (OrderStatus.Filled, OrderEnd.Filled) : (OrderStatus.PartiallyFilled, OrderEnd.None);
        if (order.Id != 0)
        {
            holding.Reserve(order, -quantity);
        }

        ref var position = ref holding[slot];
        var before = Math.Sign(position.Size);
        var realized = position.Apply((int)order.Side, quantity, value);
        account.Wallet += realized - fee;
        floor.Purses.Fees += fee;
        if (account.IsHouse)
        {
            return;
        }

        var flipped = before != 0 && Math.Sign(position.Size) == -before;
        holding.Realized[slot] = before == 0 ? 0 : flipped ? 0 : holding.Realized[slot] + realized;
        holding.PositionUpdatedAt[slot] = floor.Time;
        var fill = new Fill(
            tradeId, order.Id, account.Id, market.Index, order.Side, order.PositionSide, market.Units.ToPrice(price), market.Units.ToQuantity(quantity),
            isMaker, Decimal(fee), Decimal(realized), floor.Time);
        account.History.Add(fill);
        floor.Tell(new OrderChanged(floor.Time, order.Snapshot(), OrderChange.Filled, fill));
        Note(account, BalanceReason.Order, market, realized - fee, slot);
        BookIncome(account, IncomeKind.RealizedProfit, market, realized, tradeId);
        BookIncome(account, IncomeKind.Fee, market, -fee, tradeId);
    }

    /// <summary>Adds a payment to a wallet (below 0 takes from it); its other end is the caller's to book.</summary>
    /// <param name="slot">The position that it is paid on, which is told with it; −1 for none.</param>
    public void Pay(MarginAccount account, BalanceReason reason, IncomeKind kind, Market? market, Int128 amount, int slot = -1)
    {
        account.Wallet += amount;
        if (!account.IsHouse)
        {
            Note(account, reason, market, amount, slot);
            BookIncome(account, kind, market, amount, tradeId: 0);
        }
    }

    /// <summary>Tells what changed since the last time: per account and reason the sum and the positions, then the income entries.</summary>
    public void Tell()
    {
        if (pending.Count == 0)
        {
            return;
        }

        for (var i = 0; i < pending.Count; i++)
        {
            var change = pending[i];
            change.Account.UpdatedAt = floor.Time;
            floor.Tell(new AccountChanged(
                floor.Time, change.Account.Id, change.Reason, change.Market?.Index ?? -1, Decimal(change.Amount), Decimal(WalletAfter(i)), PositionsOf(change)));
        }

        foreach (var entry in income)
        {
            floor.Tell(entry);
        }

        pending.Clear();
        income.Clear();
    }

    /// <summary>The wallet after a change: without what the later changes of the same account add.</summary>
    private Int128 WalletAfter(int index)
    {
        var wallet = pending[index].Account.Wallet;
        for (var later = index + 1; later < pending.Count; later++)
        {
            wallet -= pending[later].Account == pending[index].Account ? pending[later].Amount : 0;
        }

        return wallet;
    }

    private static PositionSummary[] PositionsOf(Pending change)
    {
        if (change.Slots == 0)
        {
            return [];
        }

        var state = MarginDesk.Of(change.Account);
        PositionSummary Of(int slot) => SummaryDesk.Of(change.Account, change.Account.On(change.Market!), slot, state);
        return change.Slots switch
        {
            1 => [Of(0)],
            2 => [Of(1)],
            _ => [Of(0), Of(1)],
        };
    }

    private void Note(MarginAccount account, BalanceReason reason, Market? market, Int128 amount, int slot)
    {
        Pending? change = null;
        foreach (var other in pending)
        {
            change = other.Account == account && other.Reason == reason && other.Market == market ? other : change;
        }

        if (change is null)
        {
            pending.Add(change = new Pending(account, reason, market));
        }

        change.Amount += amount;
        change.Slots |= slot < 0 ? 0 : 1 << slot;
    }

    private void BookIncome(MarginAccount account, IncomeKind kind, Market? market, Int128 amount, long tradeId)
    {
        if (amount != 0)
        {
            var entry = new IncomeBooked(floor.Time, account.Id, kind, market?.Index ?? -1, Decimal(amount), ++floor.Sequences.Income, tradeId);
            account.History.Add(entry);
            income.Add(entry);
        }
    }

    private static decimal Decimal(Int128 units) => new Money(units).ToDecimal();

    private sealed class Pending(MarginAccount account, BalanceReason reason, Market? market)
    {
        public MarginAccount Account { get; } = account;

        public BalanceReason Reason { get; } = reason;

        public Market? Market { get; } = market;

        public Int128 Amount { get; set; }

        /// <summary>One bit per position.</summary>
        public int Slots { get; set; }
    }
}
