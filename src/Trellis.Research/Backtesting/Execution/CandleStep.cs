using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Everything that happens in one candle, in the order of docs/backtest.md, section 3.</summary>
internal sealed class CandleStep(BacktestSetup setup, RunRange range, Lane[] lanes, Bot[] bots, Account account, LiquidationWatch liquidation)
{
    private readonly int[] adverseSides = new int[lanes.Length];
    private readonly int[] marks = new int[lanes.Length];
    private readonly List<int> openSlots = [];

    /// <summary>The candle of the liquidation; null while there was none.</summary>
    public int? LiquidatedAt { get; private set; }

    /// <summary>The first candle of the range: nothing stands yet, every bot is asked.</summary>
    public void Start()
    {
        Load(0);
        foreach (var bot in bots)
        {
            Ask(bot, 0);
        }

        RenewWatches(0);
    }

    public void Run(int candle)
    {
        Load(candle);
        if (SomethingIsDueAtOpen(candle))
        {
            foreach (var lane in lanes)
            {
                PayFunding(lane, candle);
            }

            foreach (var lane in lanes)
            {
                if (!lane.IsHole)
                {
                    FillAtOpen(lane, candle);
                }
            }
        }

        for (var i = 0; i < lanes.Length; i++)
        {
            adverseSides[i] = lanes[i].AdverseSide();
        }

        if (setup.Optimistic)
        {
            Sweep(candle, -1);
        }

        Sweep(candle, 1);
        if (CheckLiquidation(candle))
        {
            return;
        }

        if (!setup.Optimistic)
        {
            Sweep(candle, -1);
        }

        Close(candle);
    }

    private void Load(int candle)
    {
        var openTime = range.TimeOf(candle);
        foreach (var lane in lanes)
        {
            lane.Load(candle);
            lane.Rules.AdvanceTo(openTime);
        }
    }

    private bool SomethingIsDueAtOpen(int candle)
    {
        foreach (var lane in lanes)
        {
            if (lane.Book.HasOrdersAtOpen || candle >= lane.Funding.EarliestCandle)
            {
                return true;
            }
        }

        return false;
    }

    private void PayFunding(Lane lane, int candle)
    {
        while (lane.Funding.TryTake(candle, out var payment))
        {
            if (lane.IsSpot)
            {
                continue;
            }

            var mark = payment.MarkPrice > 0 ? payment.MarkPrice : lane.Open;
            account.BookFunding(lane, candle, second: false, mark, payment);
            account.BookFunding(lane, candle, second: true, mark, payment);
        }
    }

    private void FillAtOpen(Lane lane, int candle)
    {
        openSlots.Clear();
        openSlots.AddRange(lane.Book.AtOpen);
        foreach (var slot in openSlots)
        {
            // An earlier fill of this open may have taken the slot's group away.
            if (!lane.Plan.IsPlanned(slot))
            {
                continue;
            }

            var order = lane.Plan.Order(slot);
            var sign = order.Side.Sign();
            var price = lane.Rules.Slipped(lane.Open, sign, setup.Slippage);
            if (order.Kind == OrderKind.Market)
            {
                Fill(lane, candle, slot, order, price, EntryKind.Market);
            }
            else if (sign * ((long)order.Price - lane.Open) > 0)
            {
                var capped = sign > 0 ? Math.Min(price, order.Price) : Math.Max(price, order.Price);
                Fill(lane, candle, slot, order, capped, EntryKind.Taker);
            }
            else
            {
                lane.Book.Rest(slot);
            }
        }
    }

    /// <param name="candle">Candle of the run.</param>
    /// <param name="adverse">+1 for the adverse sides, −1 for the favourable ones.</param>
    private void Sweep(int candle, int adverse)
    {
        for (var i = 0; i < lanes.Length; i++)
        {
            var lane = lanes[i];
            if (!lane.IsHole)
            {
                var side = adverse * adverseSides[i];
                if (lane.Book.IsReached(side, lane.Low, lane.High))
                {
                    FillLimits(lane, candle, side);
                    FireTriggers(lane, candle, side);
                }
            }
        }
    }

    private void FillLimits(Lane lane, int candle, int side)
    {
        if (lane.Book.HasColumnOrders)
        {
            RestColumnOrders(lane, side);
        }

        var extreme = side > 0 ? lane.Low : lane.High;
        var resting = lane.Book.Resting(side);
        for (var position = resting.Count - 1; position >= 0; position--)
        {
            var price = resting.PriceAt(position);
            if (side * ((long)price - extreme) <= 0)
            {
                break;
            }

            var slot = resting.SlotAt(position);
            ref readonly var order = ref lane.Plan.Order(slot);
            if (Fill(lane, candle, slot, order, price, EntryKind.Limit) && order.Group > 0)
            {
                // The group may have taken other orders out of this side: go on behind the one that filled.
                position = resting.CountBehind(price, slot);
            }
        }

        // Also where the last such order has just filled: what it left behind must not meet its slot's next order.
        lane.Book.EndSweep(side);
    }

    /// <summary>Orders that follow a column rest at its price for this sweep only.</summary>
    private static void RestColumnOrders(Lane lane, int side)
    {
        foreach (var slot in lane.Book.ColumnOrders)
        {
            ref readonly var order = ref lane.Plan.Order(slot);
            if (order.Side.Sign() == side && ColumnSearch.PriceInForce(lane, order) is var price and not 0)
            {
                lane.Book.RestForSweep(slot, side, price);
            }
        }
    }

    private void FireTriggers(Lane lane, int candle, int side)
    {
        if (!lane.Book.HasTriggers)
        {
            return;
        }

        var kind = side > 0 ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove;
        var extreme = side > 0 ? lane.Low : lane.High;
        while (NextTrigger(lane, candle, side, kind, extreme) is var slot and >= 0)
        {
            var order = lane.Plan.Order(slot);
            var reached = side * ((long)order.Price - lane.Open) >= 0 ? lane.Open : order.Price;
            var price = lane.Rules.Slipped(reached, order.Side.Sign(), setup.Slippage);
            if (!Fill(lane, candle, slot, order, price, EntryKind.Trigger))
            {
                lane.Book.NoteRefusal(slot, candle);
            }
        }
    }

    /// <summary>The slot of the trigger that the price reaches first, among those not yet tried in this candle; −1 for none.</summary>
    private static int NextTrigger(Lane lane, int candle, int side, OrderKind kind, int extreme)
    {
        var best = -1;
        foreach (var slot in lane.Book.Triggers)
        {
            ref readonly var order = ref lane.Plan.Order(slot);
            var reached = order.Kind == kind && side * ((long)order.Price - extreme) >= 0 && !lane.Book.IsRefused(slot, candle);
            if (reached && (best < 0 || side * ((long)order.Price - lane.Plan.Order(best).Price) > 0))
            {
                best = slot;
            }
        }

        return best;
    }

    private bool Fill(Lane lane, int candle, int slot, in PlannedOrder order, int price, EntryKind kind)
    {
        var quantity = account.TryFill(lane, candle, slot, order, price, kind, out var baseFee, out var refused);
        if (quantity == 0)
        {
            if (refused)
            {
                lane.Book.NoteRefusal(slot, candle);
            }

            return false;
        }

        lane.Book.Remove(slot);
        lane.Plan.Drop(slot);
        if (order.Group > 0)
        {
            CancelGroup(lane, order.Group);
        }

        lane.Bot.Context.AddFill(new OwnFill(lane.LaneOfBot, slot, order.Side, price, quantity, baseFee));
        return true;
    }

    private static void CancelGroup(Lane lane, int group)
    {
        for (var slot = 0; slot < lane.Plan.SlotCount; slot++)
        {
            if (lane.Plan.IsPlanned(slot) && lane.Plan.Order(slot).Group == group)
            {
                lane.Book.Remove(slot);
                lane.Plan.Drop(slot);
            }
        }
    }

    private bool CheckLiquidation(int candle)
    {
        if (account.IsPaidFor() || liquidation.IsQuiet())
        {
            return false;
        }

        for (var i = 0; i < lanes.Length; i++)
        {
            var lane = lanes[i];
            marks[i] = lane.IsHole ? lane.Close : adverseSides[i] > 0 ? lane.Low : lane.High;
        }

        if (!account.IsBelowMaintenance(marks))
        {
            return false;
        }

        foreach (var lane in lanes)
        {
            if (!lane.IsSpot)
            {
                account.Liquidate(lane, candle, second: false, marks[lane.Index]);
                account.Liquidate(lane, candle, second: true, marks[lane.Index]);
            }
        }

        foreach (var lane in lanes)
        {
            lane.Plan.Clear();
        }

        LiquidatedAt = candle;
        return true;
    }

    private void Close(int candle)
    {
        foreach (var lane in lanes)
        {
            if (!lane.IsHole)
            {
                lane.Book.Release(lane.Close);
            }
        }

        foreach (var bot in bots)
        {
            if (IsToBeAsked(bot, candle))
            {
                Ask(bot, candle);
            }
        }

        RenewWatches(candle);
    }

    private bool IsToBeAsked(Bot bot, int candle)
    {
        if (bot.Context.HasFills)
        {
            return true;
        }

        var closeTime = range.TimeOf(candle + 1);
        foreach (var lane in bot.Lanes)
        {
            if (lane.IsHole)
            {
                continue;
            }

            var plan = lane.Plan;
            if (plan.WakeEveryClose || lane.Close <= plan.WakeAtOrBelow || lane.Close >= plan.WakeAtOrAbove || closeTime >= plan.WakeTime ||
                (plan.WakeOnFunding && lane.FundingBooked) ||
                (plan.WakeColumn > 0 && lane.Columns.Wakes[plan.WakeColumn - 1][lane.Candle] != 0))
            {
                return true;
            }
        }

        return false;
    }

    private void Ask(Bot bot, int candle)
    {
        var context = bot.Context;
        context.Time = range.TimeOf(candle + 1);
        context.WalletBalance = new Money(account.Wallet);
        foreach (var lane in bot.Lanes)
        {
            var view = lane.View;
            var rules = lane.Rules.At(context.Time);
            if (!ReferenceEquals(view.Rules, rules))
            {
                view.Rules = rules;
            }

            view.Candle = lane.Candle;
            view.Close = lane.Close;
            view.LongPosition = Math.Max(lane.First.Size, 0);
            view.ShortPosition = -Math.Min(lane.First.Size, 0) - lane.Second.Size;
            view.ProfitBase = lane.Earned + lane.First.SignedCost + lane.Second.SignedCost;
            lane.Plan.ClearWakes();
        }

        bot.Strategy.Decide(context);
        context.ClearFills();
        foreach (var lane in bot.Lanes)
        {
            lane.FundingBooked = false;
            lane.Book.TakeOver(lane.Close);
        }
    }

    private void RenewWatches(int candle)
    {
        liquidation.Renew();
        foreach (var lane in lanes)
        {
            lane.Book.RenewNearest();
            lane.RenewWatch(candle, range, liquidation.LooksAtEveryCandle);
        }
    }
}
