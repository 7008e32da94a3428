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

    /// <summary>How long fills of an order may be missing before the account is compared without them, milliseconds.</summary>
    private const long LongestLack = 300_000;

    private readonly SeenIds known = new(MostKnown);
    private readonly List<Unclaimed> unclaimed = [];
    private readonly Queue<VenueFill> foreign = new();
    private int questions;
    private long askedAt;

    public bool HasUnclaimed => unclaimed.Count > 0;

    /// <summary>
    /// Whether fills of a market are known to have happened and are not booked: nobody claims them yet, or orders have executed more than anybody told. What an exchange has
    /// not told for minutes of asking, it does not keep any more.
    /// </summary>
    public bool MayCome(int market) => unclaimed.Exists(one => one.Market == market) || state.Orders.Live.Exists(order => order.Market == market && order.LacksSince > 0 && !IsGivenUp(order));

    /// <summary>Whether an order's fills are waited for no more.</summary>
    public bool IsGivenUp(TrackedOrder order) => order.LacksSince > 0 && state.Now >= order.LacksSince + LongestLack;

    /// <summary>The venue is being asked for everything: what has been told by now had happened before.</summary>
    public void Asked()
    {
        questions++;
        askedAt = state.Now;
    }

    public void Take(VenueFill fill)
    {
        if (state.Market(fill.Instrument) is not { } market || fill.Quantity <= 0 || !known.Add(SideOf(market, fill), fill.TradeId))
        {
            return;
        }

        var order = state.Orders.Find(market.Index, fill.ClientOrderId, fill.VenueOrderId);
        if (order is null)
        {
            unclaimed.Add(new Unclaimed(fill, market.Index, questions, state.Now));
            return;
        }

        Book(order, fill);
    }

    /// <summary>
    /// What happened before the books were opened is in the opening balance, and its position in the foreign book, where an order finds its own fills that is adopted later.
    /// </summary>
    public void Ignore(VenueFill fill)
    {
        if (state.Market(fill.Instrument) is { } market && known.Add(SideOf(market, fill), fill.TradeId))
        {
            KeepForeign(fill);
        }
    }

    /// <summary>An adopted order's fill from before the books were opened: the position leaves the foreign book, and its fee is in the opening balance.</summary>
    public void TakeOpening(TrackedOrder order, VenueFill fill)
    {
        if (known.Add(SideOf(state.Markets[order.Market], fill), fill.TradeId))
        {
            Move(fill, order);
        }
    }

    /// <summary>An id of the exchange has become known: fills that came before it are the order's.</summary>
    public void Claim(TrackedOrder order)
    {
        int place;
        while ((place = unclaimed.FindIndex(one => IsOf(order, one.Fill))) >= 0)
        {
            var fill = unclaimed[place].Fill;
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
                Move(fill, order);
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
    /// <param name="before">The exchange's clock when it was asked.</param>
    /// <param name="isOpen">Before the books are opened they are in what is about to be the opening balance.</param>
    public void SettleForeign(long before, bool isOpen)
    {
        for (var i = 0; i < unclaimed.Count; i++)
        {
            var one = unclaimed[i];
            var happenedBefore = one.Question < questions || one.Fill.Time < before;
            if (!happenedBefore || state.Orders.Live.Exists(order => MayHaveMade(order, one, before)))
            {
                continue;
            }

            unclaimed.RemoveAt(i--);
            if (isOpen)
            {
                BookForeign(one.Fill, one.Market);
            }
            else
            {
                KeepForeign(one.Fill);
            }
        }
    }

    public void BookForeign(VenueFill fill, int market)
    {
        state.Books.Book(state.Books.Foreign, fill, market);
        state.RiskIsDirty = true;
        KeepForeign(fill);
    }

    private void KeepForeign(VenueFill fill)
    {
        foreign.Enqueue(fill);
        if (foreign.Count > MostForeign)
        {
            foreign.Dequeue();
        }
    }

    private void Move(VenueFill fill, TrackedOrder order)
    {
        state.Books.Book(state.Books.Foreign, fill with { Side = fill.Side.Opposite(), Fee = -fill.Fee }, order.Market);
        Book(order, fill);
    }

    /// <summary>Where an account trades with itself, both its fills have the id of the one trade: only their sides tell them apart.</summary>
    private static int SideOf(MarketState market, VenueFill fill) => (market.Index * 2) + (fill.Side == Side.Buy ? 0 : 1);

    /// <summary>Whether a fill that no order claims may be an order's, which the exchange's lists do not show yet: they may be a little behind its fills.</summary>
    public bool MayHaveFilled(TrackedOrder order, long before) => unclaimed.Exists(one => IsLate(one, before) && IsLike(order, one));

    private bool MayHaveMade(TrackedOrder order, Unclaimed one, long before) => IsLike(order, one) &&
        (order.VenueOrderId.Length == 0 || (order.IsConditional && order.OtherVenueIds is null && IsLate(one, before)));

    /// <summary>Whether a fill is so young by both clocks that the lists of a question may be behind it: a market's time need not be that of its exchange's servers.</summary>
    private bool IsLate(Unclaimed one, long before) => one.Fill.Time >= before - Behind && one.ToldAt >= askedAt - Behind;

    private static bool IsLike(TrackedOrder order, Unclaimed one) =>
        order.Market == one.Market && order.Intent.Side == one.Fill.Side && order.FillsSince <= one.ToldAt;

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

    /// <summary>A fill of no order that is known.</summary>
    /// <param name="Question">How often the venue had been asked for everything when it was told.</param>
    /// <param name="ToldAt">Our clock.</param>
    private readonly record struct Unclaimed(VenueFill Fill, int Market, int Question, long ToldAt);
}
