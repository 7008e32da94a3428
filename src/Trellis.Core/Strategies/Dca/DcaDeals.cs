using System.Globalization;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Dca;

/// <summary>One deal after the other: what stage the present one is in, and the orders that follow from it.</summary>
internal sealed class DcaDeals
{
    private readonly DcaOptions options;
    private readonly DcaSlots slots;
    private readonly InstrumentUnits units;
    private readonly int direction;
    private readonly DcaOrders orders;
    private readonly DcaHolding holding;
    private readonly DcaSafetyOrders safetyOrders;
    private readonly DcaExits exits;
    private readonly DcaTally tally = new();
    private readonly DcaSizes sizes;
    private Stage stage = Stage.Idle;
    private DcaTerms terms;
    private string endReason = "";
    private bool exitFilled;
    private bool byStopLoss;
    private int basePrice;
    private long baseQuantity;
    private Int128 baseCost;

    /// <summary>The safety orders of this deal are priced: its base order is whole.</summary>
    private bool hasLadder;

    /// <summary>What is being closed came after its deal had ended: an entry that filled while it was cancelled.</summary>
    private bool isLeftover;
    private Int128 baseSize;
    private Int128 safetySize;
    private long readyTime = long.MinValue;
    private long placedAgainTime = long.MaxValue;

    public DcaDeals(DcaOptions options, DcaSlots slots, InstrumentUnits units, bool hedgeMode)
    {
        this.options = options;
        this.slots = slots;
        this.units = units;
        direction = options.Direction == DcaDirection.Short ? -1 : 1;
        orders = new DcaOrders(options, hedgeMode, units.Instrument.Id.Market);
        holding = new DcaHolding(direction, units.Instrument.FeeCurrency == FeeCurrency.Received);
        safetyOrders = new DcaSafetyOrders(new DcaLadder(options), orders, options.MaxActiveSafetyOrders ?? options.MaxSafetyOrders, direction);
        exits = new DcaExits(options, slots, orders, holding, units, direction);
        sizes = new DcaSizes(options);
    }

    private enum Stage
    {
        /// <summary>Between two deals.</summary>
        Idle,

        /// <summary>The base order is out.</summary>
        Opening,

        /// <summary>Something is held.</summary>
        Running,

        /// <summary>Everything goes at market.</summary>
        Closing,

        Ended,
    }

    public StrategyReport Report()
    {
        var notes = new List<KeyValuePair<string, string>>();
        tally.AddNotes(notes);
        if (stage == Stage.Running)
        {
            notes.Add(new("open deal", string.Create(CultureInfo.InvariantCulture, $"{FilledSafetyOrders} of {options.MaxSafetyOrders} safety orders filled")));
        }
        else if (holding.Held != 0)
        {
            notes.Add(new("dust", string.Create(CultureInfo.InvariantCulture, $"{units.ToQuantity(holding.Held):0.############} {units.Instrument.BaseCurrency}")));
        }

        return new StrategyReport
        {
            Matched = new Money(holding.Earned * units.NotionalFactor),
            Pairs = tally.Deals,
            State = stage == Stage.Ended ? $"stopped: {endReason}" : "running",
            Notes = notes,
        };
    }

    public void Take(StrategyLane lane, in OwnFill fill, long time)
    {
        if (slots.IsSafety(fill.Slot))
        {
            holding.Enter(fill, terms.MakerFee);
            if (stage == Stage.Running && hasLadder)
            {
                safetyOrders.Take(lane, fill);
            }
            else
            {
                CloseLeftover();
            }
        }
        else if (fill.Slot == slots.Base)
        {
            holding.Enter(fill, options.BaseOrder == DcaBaseOrder.Market ? terms.TakerFee : terms.MakerFee);
            TakeBase(fill, time);
        }
        else
        {
            holding.Leave(fill);
            exitFilled = true;
            if (fill.Slot == slots.StopLoss)
            {
                stage = Stage.Closing;
                byStopLoss = true;
            }
        }
    }

    /// <summary>A base order may fill in parts: the first one begins the deal, their average is what the ladder hangs on.</summary>
    private void TakeBase(in OwnFill fill, long time)
    {
        if (stage == Stage.Opening)
        {
            stage = Stage.Running;
            (baseQuantity, baseCost) = (0, 0);
            exits.Begin();
            tally.Begin(time);
        }

        CloseLeftover();
        baseQuantity += fill.Quantity;
        baseCost += Math.BigMul((long)fill.Price, fill.Quantity);
        basePrice = (int)(((2 * baseCost) + baseQuantity) / (2 * (Int128)baseQuantity));
    }

    private void CloseLeftover()
    {
        if (stage is Stage.Idle or Stage.Ended)
        {
            stage = Stage.Closing;
            isLeftover = true;
        }
    }

    /// <summary>Once the base order is whole, or what is left of it is no order any more.</summary>
    private void BeginLadder(StrategyLane lane)
    {
        if (lane.Plan.IsPlanned(slots.Base))
        {
            var rest = lane.Plan.Order(slots.Base).Quantity - baseQuantity;
            if (terms.Minimums.Accept(rest, basePrice))
            {
                return;
            }

            lane.Plan.Remove(slots.Base);
        }

        hasLadder = true;
        safetyOrders.Begin(basePrice, safetySize);
    }

    private int FilledSafetyOrders => hasLadder ? safetyOrders.Filled : 0;

    /// <summary>What should rest at this close, once the fills are taken.</summary>
    public void Plan(DecisionContext context, StrategyLane lane)
    {
        if (stage == Stage.Running)
        {
            if (!hasLadder)
            {
                BeginLadder(lane);
            }

            exits.Renew(terms, basePrice);
            if (exitFilled && !IsWorthAnExit())
            {
                End(context, lane);
            }
            else if (!lane.IsCloseOld && exits.IsStopReached(lane.Close))
            {
                stage = Stage.Closing;
                byStopLoss = true;
            }
            else if (!lane.IsCloseOld && exits.IsTrailReached(lane.Close))
            {
                stage = Stage.Closing;
            }
            else
            {
                if (hasLadder)
                {
                    safetyOrders.Plan(lane, terms, exits.StopPrice);
                }

                exits.Plan(lane, terms);
            }
        }

        if (stage == Stage.Closing)
        {
            Close(context, lane);
        }

        exitFilled = false;
        if (stage == Stage.Idle)
        {
            TryBegin(context, lane);
        }
        else if (stage == Stage.Opening && !lane.IsCloseOld && context.Time >= placedAgainTime)
        {
            PlaceBase(context, lane);
        }

        if (stage == Stage.Opening)
        {
            lane.Plan.WakeAt(placedAgainTime);
        }
    }

    /// <summary>Whether an exit of what is left would be an order at all; if not, it is dust.</summary>
    private bool IsWorthAnExit() => terms.Minimums.Accept(
        terms.Minimums.WholeLots(holding.Held),
        exits.TakeProfitPrice != 0 ? exits.TakeProfitPrice : basePrice);

    private void Close(DecisionContext context, StrategyLane lane)
    {
        var quantity = terms.Minimums.WholeLots(holding.Held);
        if (quantity <= 0)
        {
            End(context, lane);
            return;
        }

        // Entries and the bracket go; an order to close that stands stays as it is.
        for (var slot = 0; slot < slots.Close && lane.Plan.OrderCount > 0; slot++)
        {
            lane.Plan.Remove(slot);
        }

        lane.Plan.Set(slots.Close, orders.CloseAtMarket(quantity));
    }

    private void End(DecisionContext context, StrategyLane lane)
    {
        lane.Plan.Clear();
        if (isLeftover)
        {
            isLeftover = false;
            stage = endReason.Length > 0 ? Stage.Ended : Stage.Idle;
            return;
        }

        tally.End(context.Time, byStopLoss, FilledSafetyOrders);
        readyTime = context.Time + (options.CooldownSeconds * 1_000L);
        stage = Stage.Idle;
        if (byStopLoss && options.AfterStopLoss == AfterStopLoss.Stop)
        {
            Stop("stop loss");
        }
        else if (tally.Deals >= options.MaxDeals)
        {
            Stop("max deals");
        }
    }

    private void TryBegin(DecisionContext context, StrategyLane lane)
    {
        if (context.Time < readyTime)
        {
            lane.Plan.WakeAt(readyTime);
            return;
        }

        // Begun from it, a deal could lie beyond its own stop from the first moment, and the next one after it.
        if (lane.IsCloseOld)
        {
            lane.Plan.WakeAtEveryClose();
            return;
        }

        if (exits.HoldsOffAt(lane))
        {
            return;
        }

        terms = new DcaTerms(units, lane.Rules);
        byStopLoss = false;
        hasLadder = false;
        (baseSize, safetySize) = sizes.At(context.WalletBalance);
        PlaceBase(context, lane);
    }

    private void PlaceBase(DecisionContext context, StrategyLane lane)
    {
        var isMarket = options.BaseOrder == DcaBaseOrder.Market;
        var price = isMarket ? lane.Close : BasePrice(lane.Close);
        var quantity = price == 0 ? 0 : terms.Quantity(baseSize, price);
        if (!terms.Minimums.Accept(quantity, price))
        {
            lane.Plan.Remove(slots.Base);
            Stop("the base order is too small");
            return;
        }

        stage = Stage.Opening;
        lane.Plan.Set(slots.Base, isMarket ? orders.EntryAtMarket(quantity) : orders.Entry(price, quantity));
        placedAgainTime = isMarket || options.BaseOrderTimeoutSeconds is not { } seconds ? long.MaxValue : context.Time + (seconds * 1_000L);
    }

    private int BasePrice(int close)
    {
        var offset = Shares.OfPercent(options.BaseOrderOffsetPercent);
        return terms.OnTick((Int128)close * (Shares.Whole - (direction * (Int128)offset)), Shares.Whole, up: direction < 0);
    }

    private void Stop(string reason)
    {
        stage = Stage.Ended;
        endReason = reason;
    }
}
