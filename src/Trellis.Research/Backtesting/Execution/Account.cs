using Trellis.Core.Accounts;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>The wallet of a run: books fills and funding, and says what it can carry (docs/backtest.md, sections 2 and 6).</summary>
internal sealed class Account(Lane[] lanes, Money startBalance, EntryLog entries, DrawdownTracker drawdown)
{
    private int paidForVersion = -1;
    private bool isPaidFor;

    /// <summary>Start balance + realized + fees + funding.</summary>
    public Int128 Wallet { get; private set; } = startBalance.Units;

    /// <summary>Σ cost of all spot positions.</summary>
    public Int128 SpotCost { get; private set; }

    public long Refusals { get; private set; }

    /// <summary>Grows with every booking, so that others can tell whether something changed.</summary>
    public int Version { get; private set; }

    /// <summary>
    /// Fills an order if the position and the wallet allow it. Returns the quantity, 0 where nothing filled.
    /// </summary>
    /// <param name="lane">Whose order it is.</param>
    /// <param name="candle">Candle of the run.</param>
    /// <param name="slot">Of the order; −1 for a liquidation.</param>
    /// <param name="order">What to fill.</param>
    /// <param name="price">In price units.</param>
    /// <param name="kind">Says maker or taker.</param>
    /// <param name="baseFee">What was kept of a buy as fee, in quantity units.</param>
    /// <param name="refused">Whether the wallet was the reason.</param>
    public long TryFill(Lane lane, int candle, int slot, in PlannedOrder order, int price, EntryKind kind, out long baseFee, out bool refused)
    {
        refused = false;
        baseFee = 0;
        var sign = order.Side.Sign();
        ref var position = ref PositionOf(lane, order.PositionSide);
        var closable = -sign * position.Size;
        var quantity = Quantity(lane, order, sign, closable, kind);
        if (quantity <= 0)
        {
            return 0;
        }

        var unitValue = price * lane.Factor;
        var fee = Charge.Fee(lane, lane.Rules, kind, sign, price, quantity, position.Size, out baseFee);
        if ((quantity > closable || lane.IsSpot) && !CanCarry(lane, order.PositionSide, sign, quantity, unitValue, fee))
        {
            Refusals++;
            refused = true;
            return 0;
        }

        drawdown.AdvanceTo(candle, Wallet);
        var costBefore = position.Cost;
        var realized = position.Apply(sign, quantity - baseFee, unitValue);
        if (lane.IsSpot)
        {
            SpotCost += position.Cost - costBefore;
        }

        Wallet += realized + fee;
        lane.Earned += realized + fee;
        Version++;
        ref var booking = ref entries.Next();
        booking.Candle = candle;
        booking.Lane = (short)lane.Index;
        booking.Kind = kind;
        booking.Side = order.Side;
        booking.PositionSide = order.PositionSide;
        booking.Slot = slot;
        booking.Cycle = slot < 0 ? 0 : lane.Plan.Cycle(slot);
        booking.Price = price;
        booking.Quantity = quantity;
        return quantity;
    }

    /// <summary>Pays funding on one position: a long pays a positive rate.</summary>
    public void BookFunding(Lane lane, int candle, bool second, int mark, in FundingDue payment)
    {
        ref var position = ref second ? ref lane.Second : ref lane.First;
        if (position.Size == 0)
        {
            return;
        }

        var amount = Charge.Funding(lane, payment.Rate, mark, position.Size);
        if (amount == 0)
        {
            return;
        }

        drawdown.AdvanceTo(candle, Wallet);
        Wallet += amount;
        lane.Earned += amount;
        lane.FundingBooked = true;
        Version++;
        ref var booking = ref entries.Next();
        booking.Candle = candle;
        booking.Lane = (short)lane.Index;
        booking.Kind = EntryKind.Funding;
        booking.Side = Sides.FromSign(Math.Sign(position.Size));
        booking.PositionSide = PositionSideOf(lane, second);
        booking.Slot = payment.Index;
        booking.Cycle = 0;
        booking.Price = mark;
        booking.Quantity = Math.Abs(position.Size);
    }

    /// <summary>Closes a position at its mark, as a taker, whatever the wallet says.</summary>
    public void Liquidate(Lane lane, int candle, bool second, int mark)
    {
        ref var position = ref second ? ref lane.Second : ref lane.First;
        if (position.Size == 0)
        {
            return;
        }

        var order = new PlannedOrder
        {
            Side = Sides.FromSign(-Math.Sign(position.Size)),
            Kind = OrderKind.Market,
            PositionSide = PositionSideOf(lane, second),
            Instructions = OrderInstructions.ClosePosition,
        };
        TryFill(lane, candle, -1, order, mark, EntryKind.Liquidation, out _, out _);
    }

    /// <summary>
    /// Whether everything is long and paid for: then equity is at least the value of the positions at any price, which no
    /// margin rate reaches.
    /// </summary>
    public bool IsPaidFor()
    {
        if (paidForVersion != Version)
        {
            paidForVersion = Version;
            isPaidFor = AskIfPaidFor();
        }

        return isPaidFor;
    }

    /// <summary>Whether margin equity is below maintenance margin with every lane at its given mark; never where all <see cref="IsPaidFor"/>.</summary>
    /// <param name="marks">One price per lane.</param>
    public bool IsBelowMaintenance(ReadOnlySpan<int> marks)
    {
        if (IsClearlyAboveMaintenance(marks))
        {
            return false;
        }

        var equity = Wallet - SpotCost;
        Int128 maintenance = 0;
        var exposed = false;
        foreach (var lane in lanes)
        {
            if (lane.IsSpot || !lane.HasPosition)
            {
                continue;
            }

            exposed = true;
            var mark = marks[lane.Index];
            equity += lane.UnrealizedAt(mark);
            maintenance += lane.Margin.Maintenance(Notional(lane, lane.First.Size, mark)) +
                lane.Margin.Maintenance(Notional(lane, lane.Second.Size, mark));
        }

        return exposed && equity < maintenance;
    }

    private bool AskIfPaidFor()
    {
        if (lanes.Length == 1 && !lanes[0].IsSpot)
        {
            var only = lanes[0];
            return (only.First.Size | only.Second.Size) >= 0 && Wallet >= only.First.Cost;
        }

        var free = Wallet - SpotCost;
        foreach (var lane in lanes)
        {
            if (lane.IsSpot)
            {
                continue;
            }

            if ((lane.First.Size | lane.Second.Size) < 0)
            {
                return false;
            }

            free -= lane.First.Cost;
        }

        return free >= 0;
    }

    private bool IsClearlyAboveMaintenance(ReadOnlySpan<int> marks)
    {
        var equity = Estimate.Of(Wallet - SpotCost);
        var scale = Math.Abs(equity) + Estimate.Floor;
        var maintenance = 0.0;
        foreach (var lane in lanes)
        {
            if (lane.IsSpot || !lane.HasPosition)
            {
                continue;
            }

            var unitValue = (double)marks[lane.Index] * lane.Factor;
            var cost = Estimate.Of(lane.SignedCost);
            var gross = unitValue * (Math.Abs(lane.First.Size) + (double)Math.Abs(lane.Second.Size));
            equity += (unitValue * lane.NetSize) + cost;
            scale += Math.Abs(cost) + gross;
            maintenance += lane.Margin.HighestRateUpTo(gross * (1 + Estimate.Doubt)) * gross;
        }

        return equity - maintenance > Estimate.Doubt * scale;
    }

    private static Int128 Notional(Lane lane, long size, int price) => Math.BigMul(price * lane.Factor, Math.Abs(size));

    private static ref Position PositionOf(Lane lane, PositionSide side) => ref side == PositionSide.Short ? ref lane.Second : ref lane.First;

    private static PositionSide PositionSideOf(Lane lane, bool second) =>
        !lane.HedgeMode ? PositionSide.Net : second ? PositionSide.Short : PositionSide.Long;

    private static long Quantity(Lane lane, in PlannedOrder order, int sign, long closable, EntryKind kind)
    {
        if (kind == EntryKind.Liquidation)
        {
            return closable;
        }

        var closesAll = order.Has(OrderInstructions.ClosePosition);
        var closes = closesAll || order.Has(OrderInstructions.ReduceOnly) || (order.PositionSide != PositionSide.Net && sign != (int)order.PositionSide);
        if (!closes)
        {
            return order.Quantity;
        }

        // No exchange takes less than a lot: dust stays.
        return !closesAll && order.Quantity <= closable ? order.Quantity : closable / lane.Rules.Lot * lane.Rules.Lot;
    }

    private bool CanCarry(Lane lane, PositionSide side, int sign, long quantity, long unitValue, Int128 fee)
    {
        if (lane.IsSpot)
        {
            return sign < 0
                ? quantity <= lane.First.Size
                : Wallet - SpotCost >= Math.BigMul(unitValue, quantity) - (lane.FeesInReceived ? 0 : fee);
        }

        return CanMargin(lane, side, sign, quantity, unitValue, fee);
    }

    private bool CanMargin(Lane lane, PositionSide side, int sign, long quantity, long unitValue, Int128 fee)
    {
        // The usual case, a long that is paid for in full: equity stays above the notional, which no margin exceeds.
        if (lanes.Length == 1 && sign > 0 && side != PositionSide.Short && lane.First.Size >= 0 && lane.Second.Size == 0 && lane.Margin.HasNoCap &&
            Wallet + fee - SpotCost >= lane.First.Cost + Math.BigMul(unitValue, quantity))
        {
            return true;
        }

        var first = lane.First;
        var second = lane.Second;
        var realized = side == PositionSide.Short ? second.Apply(sign, quantity, unitValue) : first.Apply(sign, quantity, unitValue);
        var firstNotional = Math.BigMul(unitValue, Math.Abs(first.Size));
        var secondNotional = second.Size == 0 ? 0 : Math.BigMul(unitValue, Math.Abs(second.Size));
        if (firstNotional + secondNotional > lane.Margin.NotionalCap)
        {
            return false;
        }

        var equity = Wallet - SpotCost + realized + fee +
            Math.BigMul(unitValue, first.Size + second.Size) + first.SignedCost + second.SignedCost;
        if (lanes.Length == 1)
        {
            var roughEquity = Estimate.Of(equity);
            var roughMargin = Estimate.Of(firstNotional + secondNotional) * lane.Margin.InitialRate;
            if (roughEquity - roughMargin > Estimate.Doubt * (roughEquity + roughMargin + Estimate.Floor))
            {
                return true;
            }
        }

        var margin = lane.Margin.Initial(firstNotional) + lane.Margin.Initial(secondNotional);
        foreach (var other in lanes)
        {
            if (other == lane || other.IsSpot || !other.HasPosition)
            {
                continue;
            }

            var mark = other.PreviousClose;
            equity += other.UnrealizedAt(mark);
            margin += other.Margin.Initial(Notional(other, other.First.Size, mark)) +
                other.Margin.Initial(Notional(other, other.Second.Size, mark));
        }

        return equity >= margin;
    }
}
