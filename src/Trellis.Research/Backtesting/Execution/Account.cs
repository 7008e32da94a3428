using System.Runtime.CompilerServices;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// The wallet of a run: books fills and funding, and says what it can carry (docs/backtest.md, sections 2 and 6). It keeps cash, what
/// trading has paid and received, as a spot wallet would: with the value of the positions it is equity, and that is all that margin,
/// liquidation and drawdown ask for. What of it is wallet and what the cost of positions is told from the bookings when somebody asks.
/// </summary>
internal sealed class Account(Lane[] lanes, Money startBalance, EntryLog entries, DrawdownTracker drawdown) : IWallet
{
    private readonly bool hasPerps = lanes.Any(lane => !lane.IsSpot);

    /// <summary>Start balance + what all lanes have received: wallet − cost of longs + cost of shorts.</summary>
    public Int128 Cash { get; private set; } = startBalance.Units;

    /// <summary>Start balance + realized + fees + funding.</summary>
    public Money Balance => new(entries.Books().Wallet);

    public long Refusals { get; private set; }

    /// <summary>Grows with every booking, so that others can tell whether something changed.</summary>
    public int Version => entries.Count;

    /// <summary>
    /// Fills an order if the position and the wallet allow it. Returns the quantity, 0 where nothing filled.
    /// </summary>
    /// <param name="lane">Whose order it is.</param>
    /// <param name="candle">Candle of the run.</param>
    /// <param name="slot">Of the order.</param>
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
        var size = SizeOf(lane, order.PositionSide);
        var closable = -sign * size;
        var quantity = order.Quantity <= closable && !order.Has(OrderInstructions.ClosePosition) ? order.Quantity : QuantityBeyond(lane, order, sign, closable);
        if (quantity <= 0)
        {
            return 0;
        }

        var received = Charge.Received(lane, lane.Rules, kind, sign, price, quantity, size, out baseFee);
        var net = quantity - baseFee;
        if (net > closable && net > 0 && !CanCarry(lane, order.PositionSide, sign, net, price, received))
        {
            Refusals++;
            refused = true;
            return 0;
        }

        Book(lane, candle, kind, order.Side, order.PositionSide, slot, lane.Plan.Cycle(slot), price, quantity, received);
        SizeOf(lane, order.PositionSide) = size + (sign * net);
        return quantity;
    }

    /// <summary>Pays funding on one position: a long pays a positive rate.</summary>
    public void BookFunding(Lane lane, int candle, bool second, int mark, in FundingDue payment)
    {
        var size = second ? lane.Second : lane.First;
        if (size == 0)
        {
            return;
        }

        var amount = Charge.Funding(lane, payment.Rate, mark, size);
        if (amount == 0)
        {
            return;
        }

        lane.FundingBooked = true;
        Book(lane, candle, EntryKind.Funding, Sides.FromSign(Math.Sign(size)), PositionSideOf(lane, second), payment.Index, cycle: 0, mark, Math.Abs(size), amount);
    }

    /// <summary>Closes a position at its mark, as a taker, whatever the wallet says.</summary>
    public void Liquidate(Lane lane, int candle, bool second, int mark)
    {
        ref var size = ref second ? ref lane.Second : ref lane.First;
        if (size == 0)
        {
            return;
        }

        var sign = -Math.Sign(size);
        var quantity = Math.Abs(size);
        var received = Charge.Received(lane, lane.Rules, EntryKind.Liquidation, sign, mark, quantity, size, out _);
        Book(lane, candle, EntryKind.Liquidation, Sides.FromSign(sign), PositionSideOf(lane, second), slot: -1, cycle: 0, mark, quantity, received);
        size = 0;
    }

    /// <summary>
    /// Whether everything is long and paid for: then equity is at least the value of the positions at any price, which no
    /// margin rate reaches.
    /// </summary>
    public bool IsPaidFor()
    {
        if (Int128.IsNegative(Cash))
        {
            return false;
        }

        if (lanes.Length == 1)
        {
            return lanes[0].IsLong;
        }

        foreach (var lane in lanes)
        {
            if (!lane.IsLong)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether margin equity is below maintenance margin with every lane at its given mark; never where all <see cref="IsPaidFor"/>.</summary>
    /// <param name="marks">One price per lane.</param>
    public bool IsBelowMaintenance(ReadOnlySpan<int> marks)
    {
        if (IsClearlyAboveMaintenance(marks))
        {
            return false;
        }

        var equity = Cash;
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
            equity += lane.ValueAt(mark);
            maintenance += lane.Margin.Maintenance(Notional(lane, lane.First, mark)) + lane.Margin.Maintenance(Notional(lane, lane.Second, mark));
        }

        return exposed && equity < maintenance;
    }

    private bool IsClearlyAboveMaintenance(ReadOnlySpan<int> marks)
    {
        var equity = Estimate.Of(Cash);
        var scale = Math.Abs(equity) + Estimate.Floor;
        var maintenance = 0.0;
        foreach (var lane in lanes)
        {
            if (lane.IsSpot || !lane.HasPosition)
            {
                continue;
            }

            var unitValue = (double)marks[lane.Index] * lane.Factor;
            var gross = unitValue * lane.GrossSize;
            equity += unitValue * lane.NetSize;
            scale += gross;
            maintenance += lane.Margin.HighestRateUpTo(gross * (1 + Estimate.Doubt)) * gross;
        }

        return equity - maintenance > Estimate.Doubt * scale;
    }

    private static Int128 Notional(Lane lane, long size, int price) => Math.BigMul(price * lane.Factor, Math.Abs(size));

    private static ref long SizeOf(Lane lane, PositionSide side) => ref side == PositionSide.Short ? ref lane.Second : ref lane.First;

    private static PositionSide PositionSideOf(Lane lane, bool second) =>
        !lane.HedgeMode ? PositionSide.Net : second ? PositionSide.Short : PositionSide.Long;

    /// <summary>Of an order that closes all there is, or wants more than closes the position.</summary>
    private static long QuantityBeyond(Lane lane, in PlannedOrder order, int sign, long closable)
    {
        var closes = (order.Instructions & (OrderInstructions.ClosePosition | OrderInstructions.ReduceOnly)) != OrderInstructions.None ||
            (order.PositionSide != PositionSide.Net && sign != (int)order.PositionSide);

        // No exchange takes less than a lot: dust stays.
        return closes ? closable / lane.Rules.Lot * lane.Rules.Lot : order.Quantity;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Book(Lane lane, int candle, EntryKind kind, Side side, PositionSide positionSide, int slot, int cycle, int price, long quantity, Int128 received)
    {
        drawdown.AdvanceTo(candle, Cash);
        Cash += received;
        lane.Cash += received;
        ref var booking = ref entries.Next();
        booking.Candle = candle;
        booking.Lane = (short)lane.Index;
        booking.Kind = kind;
        booking.Side = side;
        booking.PositionSide = positionSide;
        booking.Slot = slot;
        booking.Cycle = cycle;
        booking.Price = price;
        booking.Quantity = quantity;
    }

    /// <summary>Whether a position may be enlarged; on spot none is sold that is not there.</summary>
    /// <param name="lane">Whose order it is.</param>
    /// <param name="side">Of the position.</param>
    /// <param name="sign">+1 for a buy, −1 for a sell.</param>
    /// <param name="quantity">By which the position changes: a base fee has been taken off.</param>
    /// <param name="price">In price units.</param>
    /// <param name="received">What the fill brings, fee included: below 0 for a buy.</param>
    private bool CanCarry(Lane lane, PositionSide side, int sign, long quantity, int price, Int128 received) =>
        !lane.IsSpot ? StaysPaidFor(lane, side, sign, received) || CanMargin(lane, side, sign, quantity, price * lane.Factor, received)
        : sign > 0 && FreeOnSpot() + received >= 0;

    /// <summary>What no spot position ties up.</summary>
    private Int128 FreeOnSpot() => hasPerps ? entries.Books().Wallet - entries.Books().SpotCost : Cash;

    /// <summary>The usual case, a long that is paid for in full: equity stays above the notional, which no margin exceeds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool StaysPaidFor(Lane lane, PositionSide side, int sign, Int128 received) =>
        lanes.Length == 1 && sign > 0 && side != PositionSide.Short && lane.First >= 0 && lane.Second == 0 && lane.Margin.HasNoCap && !Int128.IsNegative(Cash + received);

    private bool CanMargin(Lane lane, PositionSide side, int sign, long quantity, long unitValue, Int128 received)
    {
        var cash = Cash + received;
        var (first, second) = side == PositionSide.Short ? (lane.First, lane.Second + (sign * quantity)) : (lane.First + (sign * quantity), lane.Second);
        var firstNotional = Math.BigMul(unitValue, Math.Abs(first));
        var secondNotional = second == 0 ? 0 : Math.BigMul(unitValue, Math.Abs(second));
        if (firstNotional + secondNotional > lane.Margin.NotionalCap)
        {
            return false;
        }

        var equity = cash + Math.BigMul(unitValue, first + second);
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
            equity += other.ValueAt(mark);
            margin += other.Margin.Initial(Notional(other, other.First, mark)) + other.Margin.Initial(Notional(other, other.Second, mark));
        }

        return equity >= margin;
    }
}
