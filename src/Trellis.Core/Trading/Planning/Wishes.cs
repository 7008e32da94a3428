using Trellis.Core.Orders;
using Trellis.Core.Trading.Bots;

namespace Trellis.Core.Trading.Planning;

/// <summary>Turns what a plan states into what should be at the exchange now: in decimals, less what has filled, and never more than there is to close.</summary>
internal sealed class Wishes(LoopState state, ExitShares shares)
{
    private readonly decimal?[] reducible = new decimal?[6];

    /// <summary>Call before the slots of a lane are looked at: while they are, neither its plan nor positions change.</summary>
    public void Begin()
    {
        shares.Begin();
        Array.Clear(reducible);
    }

    /// <summary>Notes which quote makes an exit come before others, or after them.</summary>
    public void Watch(BotLane lane, int slot) => shares.Watch(lane, slot);

    /// <param name="lane">Whose plan it is, after <see cref="Begin"/>.</param>
    /// <param name="slot">Planned.</param>
    /// <param name="filled">What attempts of the slot's present cycle have filled.</param>
    /// <param name="atMarket">A trigger that was passed, or refused, goes at market.</param>
    public WantedOrder Of(BotLane lane, int slot, decimal filled, bool atMarket)
    {
        var books = state.Books.Version;
        var holder = lane.Slot(slot);
        if (holder is not null && holder.Wish is var known && known.Holds(lane.Plan.Cycle(slot), filled, atMarket, books, lane.Market.Rules))
        {
            return known.Order;
        }

        ref readonly var planned = ref lane.Plan.Order(slot);
        var wanted = Make(lane, slot, planned, filled, atMarket);
        var closes = Closes(planned);

        // A column says something else with every candle, and exits that share a position look at one another and at the quote.
        if (holder is not null && planned.PriceColumn == 0 && !(closes && IsShared(lane, planned.PositionSide, -planned.Side.Sign())))
        {
            holder.Wish = new Wish(wanted, lane.Plan.Cycle(slot), filled, atMarket, closes ? books : -1, lane.Market.Rules);
        }

        return wanted;
    }

    /// <summary>What a bot may close: what it holds, as far as the venue's own position reaches, in whole lots.</summary>
    public decimal Reducible(BotLane lane, PositionSide side, int direction)
    {
        var market = lane.Market;
        var held = lane.Book.Held(market.Index, direction);
        if (!market.IsSpot)
        {
            held = Math.Min(held, Math.Max(0m, state.Books.VenueSize(market.Index, side) * direction));
        }

        return market.WholeLots(held);
    }

    /// <summary>Whether the venue's position of a side may be somebody else's in part: an order that closes too much closes what is theirs.</summary>
    public bool IsShared(BotLane lane, PositionSide side, int direction) =>
        lane.IsShared(direction) || state.Books.Foreign.Position(lane.Market.Index, side).Size * direction > 0;

    /// <summary>Whether an order can do nothing but close.</summary>
    public static bool Closes(in PlannedOrder planned) =>
        planned.Has(OrderInstructions.ClosePosition) || planned.Has(OrderInstructions.ReduceOnly) || (int)planned.PositionSide == -planned.Side.Sign();

    /// <summary>Limit or trigger price in price units; 0 where its column says "no order".</summary>
    public static int Price(BotLane lane, in PlannedOrder planned) => planned.PriceColumn == 0
        ? planned.Price
        : lane.ColumnPrice(planned.PriceColumn - 1);

    private WantedOrder Make(BotLane lane, int slot, in PlannedOrder planned, decimal filled, bool atMarket)
    {
        var market = lane.Market;
        var units = market.Units;
        var closesAll = planned.Has(OrderInstructions.ClosePosition);
        var flagged = closesAll || planned.Has(OrderInstructions.ReduceOnly);
        var quantity = closesAll ? decimal.MaxValue : units.ToQuantity(planned.Quantity) - filled;
        if (Closes(planned))
        {
            var direction = -planned.Side.Sign();
            var held = reducible[(((int)planned.PositionSide + 1) * 2) + (direction > 0 ? 0 : 1)] ??= Reducible(lane, planned.PositionSide, direction);
            var part = held == 0 || !IsShared(lane, planned.PositionSide, direction) ? held : shares.Of(lane, slot, held);
            quantity = Math.Min(quantity, part == held ? held : market.WholeLots(part));
        }

        var isTrigger = planned.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove;
        var kind = atMarket ? OrderKind.Market : planned.Kind;
        var price = kind == OrderKind.Market ? 0m : units.ToPrice(Price(lane, planned));
        if (kind == OrderKind.Limit && price == 0)
        {
            // Its price column says "no order".
            quantity = 0m;
        }

        return new WantedOrder(
            planned.Side,
            planned.PositionSide,
            kind,
            price,
            quantity,
            kind == OrderKind.Limit && planned.Has(OrderInstructions.PostOnly),
            flagged && !market.IsSpot,
            closesAll && isTrigger && !atMarket && ClosesNothingElse(lane, planned.PositionSide, -planned.Side.Sign()));
    }

    /// <summary>Whether an order that closes the whole position of the venue would close the bot's alone: it needs no new size with every fill then.</summary>
    private bool ClosesNothingElse(BotLane lane, PositionSide side, int direction) =>
        lane.IsAlone && !lane.Market.IsSpot && state.Books.Foreign.Position(lane.Market.Index, side).Size * direction <= 0;
}
