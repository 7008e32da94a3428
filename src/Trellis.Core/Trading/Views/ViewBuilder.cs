using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Reconciliation;

namespace Trellis.Core.Trading.Views;

/// <summary>Shows the state, and condenses it to a fingerprint.</summary>
internal sealed class ViewBuilder(LoopState state, Reconciler reconciler, MoneyCheck money, ForeignOrders foreign, DrawdownGuard drawdown)
{
    private static readonly PositionSide[] Sides = [PositionSide.Net, PositionSide.Long, PositionSide.Short];

    public TradingView Build() => new()
    {
        Time = state.Now,
        Bots = [.. state.Bots.Select(Bot)],
        Orders = [.. state.Orders.Live.Select(order => order.Snapshot()), .. state.Bots.SelectMany(bot => bot.Lanes.SelectMany(lane => Held(bot, lane)))],
        Markets =
        [
            .. state.Markets.Select(market => new MarketView(
                market.Index, market.Bid, market.Ask, market.Units.ToPrice(market.Candles.LastClose), market.Candles.Count,
                state.Books.Foreign.Size(market.Index), Sides.Sum(side => state.Books.VenueSize(market.Index, side)))),
        ],
        ForeignOrders = [.. foreign.Open],
        Reconciliation = new ReconciliationView(state.IsReconciled, reconciler.Number, reconciler.CertainUntil, reconciler.Problem, money.OpenedAt, money.Difference, money.Corrected),
        Equity = drawdown.Equity,
        PeakEquity = drawdown.Peak,
        KilledBy = state.KilledBy,
        Forbidden = state.Permission.Forbidden,
    };

    /// <summary>SHA-256 over the canonical text of bots, plans, orders, positions and the ledger; hex. Equal states have equal fingerprints.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"killed {state.IsKilled} forbidden {state.Permission.Forbidden.Length > 0} reconciled {state.IsReconciled}\n");
        foreach (var bot in state.Bots)
        {
            text.Append(CultureInfo.InvariantCulture, $"bot {bot.Name} {bot.State} {bot.Revision}\n");
            foreach (var lane in bot.Lanes)
            {
                for (var slot = 0; slot < lane.SlotCount; slot++)
                {
                    if (lane.Plan.Cycle(slot) > 0)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"slot {lane.Index} {slot} {lane.Plan.Cycle(slot)} {(lane.Plan.IsPlanned(slot) ? lane.Plan.Order(slot).ToString() : "-")}\n");
                    }
                }
            }
        }

        foreach (var order in state.Orders.Live)
        {
            text.Append(CultureInfo.InvariantCulture, $"order {order.ClientOrderId} {order.State} {Canonical(order.Booked)} {Canonical(order.Reported)} {order.VenueOrderId}\n");
        }

        foreach (var (account, balance) in state.Books.Ledger.Balances.Where(entry => entry.Value != 0).OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"ledger {account} {Canonical(balance)}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private BotView Bot(BotRun bot)
    {
        var total = bot.Book.Total;
        var positions = bot.Lanes.SelectMany(lane => Sides.Select(side => Position(bot, lane, side))).Where(position => position.Size != 0).ToList();
        return new BotView(
            bot.Index, bot.Name, bot.State, bot.Reason, bot.Revision, total.Realized, positions.Sum(position => position.Unrealized), total.Fees, total.Funding, positions, bot.Strategy?.Report());
    }

    private static PositionView Position(BotRun bot, BotLane lane, PositionSide side)
    {
        var position = bot.Book.Position(lane.Market.Index, side);
        var multiplier = lane.Market.Multiplier;
        return new PositionView(
            lane.Market.Index,
            side,
            position.Size,
            position.Size == 0 ? 0m : position.Cost / (Math.Abs(position.Size) * multiplier),
            position.Cost,
            position.Size == 0 || lane.Market.Price == 0 ? 0m : position.Unrealized(lane.Market.Price, multiplier));
    }

    private static List<ManagedOrder> Held(BotRun bot, BotLane lane)
    {
        var held = new List<ManagedOrder>();
        for (var slot = 0; slot < lane.SlotCount; slot++)
        {
            if (lane.Plan.IsPlanned(slot) && lane.Slot(slot) is { Order: null } holder)
            {
                held.Add(Held(bot, lane, slot, holder));
            }
        }

        return held;
    }

    private static ManagedOrder Held(BotRun bot, BotLane lane, int slot, LaneSlot holder)
    {
        var planned = lane.Plan.Order(slot);
        var isTrigger = planned.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove;
        var price = lane.Market.Units.ToPrice(planned.Price);
        return new ManagedOrder
        {
            Intent = new OrderIntent
            {
                Market = lane.Market.Index,
                Bot = bot.Index,
                ClientOrderId = "",
                Side = planned.Side,
                PositionSide = planned.PositionSide,
                Kind = planned.Kind,
                Price = isTrigger ? 0m : price,
                TriggerPrice = isTrigger ? price : 0m,
                Quantity = planned.Has(OrderInstructions.ClosePosition) ? 0m : lane.Market.Units.ToQuantity(planned.Quantity) - holder.Filled,
                PostOnly = planned.Has(OrderInstructions.PostOnly),
                ReduceOnly = planned.Has(OrderInstructions.ReduceOnly),
                ClosePosition = planned.Has(OrderInstructions.ClosePosition),
            },
            Lane = lane.Index,
            Slot = slot,
            Cycle = lane.Plan.Cycle(slot),
            State = OrderState.Planned,
            Reason = holder.Held,
        };
    }

    /// <summary>1.0 = 1.00.</summary>
    private static string Canonical(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
