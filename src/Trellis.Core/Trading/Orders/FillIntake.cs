using Trellis.Core.Orders;
using Trellis.Core.Trading.Accounting;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Quotes;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Orders;

/// <summary>Books every fill once. What belongs to no order that is known waits until it does, or a snapshot says that it is foreign.</summary>
internal sealed class FillIntake(LoopState state, OrderEnd end)
{
    private const int MostKnown = 200_000;
    private const int MostForeign = 5_000;

    /// <summary>How long an exchange's lists of orders may be behind its list of fills, milliseconds.</summary>
    private const long Behind = 2_000;

    private readonly SeenIds known = new(MostKnown);
    private readonly List<VenueFill> unclaimed = [];
    private readonly Queue<VenueFill> foreign = new();

    public bool HasUnclaimed => unclaimed.Count > 0;

    public bool AnyUnclaimed(int market) => unclaimed.Exists(fill => state.Market(fill.Instrument)!.Index == market);

    public void Take(VenueFill fill)
    {
        if (state.Market(fill.Instrument) is not { } market || fill.Quantity <= 0 || !known.Add(SideOf(market, fill), fill.TradeId))
        {
            return;
        }

        var order = state.Orders.Find(market.Index, fill.ClientOrderId, fill.VenueOrderId);
        if (order is null)
        {
            unclaimed.Add(fill);
            return;
        }

        Book(order, fill);
    }

    /// <summary>What happened before the books were opened is in the opening balance.</summary>
    public void Ignore(VenueFill fill)
    {
        if (state.Market(fill.Instrument) is { } market)
        {
            known.Add(SideOf(market, fill), fill.TradeId);
        }
    }

    /// <summary>An id of the exchange has become known: fills that came before it are the order's.</summary>
    public void Claim(TrackedOrder order)
    {
        int place;
        while ((place = unclaimed.FindIndex(fill => IsOf(order, fill))) >= 0)
        {
            var fill = unclaimed[place];
            unclaimed.RemoveAt(place);
            Book(order, fill);
        }
    }

    /// <summary>An order takes its fills out of the foreign book, at their prices and fees: it was adopted, or understood late.</summary>
    public void Reclaim(TrackedOrder order)
    {
        if (!foreign.Any(fill => IsOf(order, fill)))
        {
            return;
        }

        var owner = state.Bots[order.Bot].Book;
        var left = foreign.ToList();
        foreign.Clear();
        foreach (var fill in left)
        {
            if (IsOf(order, fill))
            {
                state.Books.Book(state.Books.Foreign, fill with { Side = fill.Side.Opposite(), Fee = -fill.Fee }, order.Market);
                Book(order, fill);
            }
            else
            {
                foreign.Enqueue(fill);
            }
        }
    }

    /// <summary>
    /// A snapshot has told of all orders: fills that no order claims are foreign, unless an order of ours that could have made them still has no id of the exchange.
    /// </summary>
    public void SettleForeign(long before)
    {
        for (var i = 0; i < unclaimed.Count; i++)
        {
            var fill = unclaimed[i];
            var market = state.Market(fill.Instrument)!.Index;
            if (fill.Time >= before || state.Orders.Live.Exists(order => MayHaveMade(order, fill, market, before)))
            {
                continue;
            }

            unclaimed.RemoveAt(i--);
            BookForeign(fill, market);
        }
    }

    public void BookForeign(VenueFill fill, int market)
    {
        state.Books.Book(state.Books.Foreign, fill, market);
        state.RiskIsDirty = true;
        foreign.Enqueue(fill);
        if (foreign.Count > MostForeign)
        {
            foreign.Dequeue();
        }
    }

    /// <summary>Where an account trades with itself, both its fills have the id of the one trade: only their sides tell them apart.</summary>
    private static int SideOf(MarketState market, VenueFill fill) => (market.Index * 2) + (fill.Side == Side.Buy ? 0 : 1);

    /// <summary>Whether a fill that no order claims may be an order's, which the exchange's lists do not show yet: they may be a little behind its fills.</summary>
    public bool MayHaveFilled(TrackedOrder order, long before) =>
        unclaimed.Exists(fill => fill.Time >= before - Behind && IsLike(order, fill, state.Market(fill.Instrument)!.Index));

    private static bool MayHaveMade(TrackedOrder order, VenueFill fill, int market, long before) => IsLike(order, fill, market) &&
        (order.VenueOrderId.Length == 0 || (order.IsConditional && order.OtherVenueIds is null && fill.Time >= before - Behind));

    private static bool IsLike(TrackedOrder order, VenueFill fill, int market) =>
        order.Market == market && order.Intent.Side == fill.Side && order.FillsSince <= fill.Time;

    private bool IsOf(TrackedOrder order, VenueFill fill) =>
        state.Market(fill.Instrument)!.Index == order.Market && ReferenceEquals(state.Orders.Find(order.Market, fill.ClientOrderId, fill.VenueOrderId), order);

    private void Book(TrackedOrder order, VenueFill fill)
    {
        var bot = state.Bots[order.Bot];
        var realized = state.Books.Book(bot.Book, fill, order.Market);
        order.Booked += fill.Quantity;
        order.Reported = Math.Max(order.Reported, order.Booked);
        order.KnownAt = Math.Min(order.KnownAt, state.Now);
        order.UpdatedAt = Math.Max(order.UpdatedAt, fill.Time);
        var learned = state.Orders.Learn(order, fill.VenueOrderId);
        if (!order.HasEnded)
        {
            order.Live = OrderState.PartiallyFilled;
            order.State = !order.Intent.ClosePosition && order.Booked >= order.Intent.Quantity ? OrderState.Filled
                : order.State == OrderState.Canceling ? OrderState.Canceling : OrderState.PartiallyFilled;
        }

        if (end.HolderOf(order) is { } holder)
        {
            holder.Filled += fill.Quantity;
            holder.Refusals = 0;
        }

        state.Outbox.Add(new FillBooked(order.Bot, order.Market, SlotName(order), fill, realized));
        Tell(order, fill);
        end.Note(order);
        if (learned)
        {
            Claim(order);
        }
    }

    private void Tell(TrackedOrder order, VenueFill fill)
    {
        var bot = state.Bots[order.Bot];
        if (order.Slot < 0 || order.Revision != bot.Revision)
        {
            return;
        }

        var market = state.Markets[order.Market];
        var lane = bot.Lanes[order.Lane];
        lane.LastFill = Math.Max(lane.LastFill, fill.Time);
        var baseFee = market.IsSpot && fill.Side == Side.Buy && fill.FeeCurrency == market.Instrument.BaseCurrency ? fill.Fee : 0m;
        bot.Tell(new OwnFill(
            order.Lane, order.Slot, fill.Side, market.Units.NearestPrice(fill.Price), market.Units.FromQuantity(fill.Quantity), market.Units.FromQuantity(baseFee)));
    }

    private string SlotName(TrackedOrder order)
    {
        var bot = state.Bots[order.Bot];
        return order.Slot < 0 || bot.Strategy is null || order.Revision != bot.Revision ? "risk" : bot.Strategy.SlotName(order.Lane, order.Slot, order.Cycle);
    }
}
