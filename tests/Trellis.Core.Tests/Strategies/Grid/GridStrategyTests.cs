using Trellis.Core.Numerics;
using Trellis.Core.Accounts;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Grid;

public sealed class GridStrategyTests
{
    [Fact]
    public void Asking_at_every_close_changes_nothing_against_asking_only_on_wakes_and_fills()
    {
        var (asked, cases) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var options = RandomOptions(random);
            var (eager, lazy) = (new Desk(options), new Desk(options));
            if (GridCheck.Problems(options, GridSome.Units(), GridSome.Rules, 10_000m, 119m).Count > 0)
            {
                continue;
            }

            cases++;
            var close = 1190;
            for (var k = 0; k < 300; k++)
            {
                close = Math.Clamp(close + random.Next(-25, 26), 300, 4000);
                eager.Close(close, ask: true);
                asked += lazy.Close(close, ask: k == 0) ? 1 : 0;

                lazy.Plan().ShouldBe(eager.Plan(), $"seed {seed}, close {k}");
                (lazy.Report.State, lazy.Report.Pairs, lazy.Report.Matched).ShouldBe((eager.Report.State, eager.Report.Pairs, eager.Report.Matched), $"seed {seed}, close {k}");
            }
        }

        cases.ShouldBeGreaterThan(200);
        asked.ShouldBeLessThan(cases * 300 * 3 / 4);
    }

    [Fact]
    public void The_start_plans_one_purchase_and_the_entries_below()
    {
        var desk = new Desk(GridSome.Options);
        desk.Close(1190, ask: true);

        desk.Plan().ShouldBe([
            "r0-c0-entry#1 Buy Limit 1000 × 2172 PostOnly",
            "r0-c1-entry#1 Buy Limit 1100 × 2172 PostOnly",
            "purchase#1 Buy Market 0 × 4344 None",
        ]);
    }

    [Fact]
    public void Fills_behind_a_stop_in_the_same_candle_leave_no_orders_of_their_cells()
    {
        var desk = new Desk(GridSome.Options with { Direction = GridDirection.Neutral, StopLoss = Options.PriceOrPercent.AtPrice(95m) });
        desk.Close(1190, ask: true);

        desk.Fill("r0-c1-entry", 1100);
        desk.Fill("stop-loss", 950);
        desk.Fill("r0-c2-entry", 1300);
        desk.Close(1200, ask: true);

        desk.Plan().ShouldHaveSingleItem().ShouldStartWith("close-short#1 Buy Market");
    }

    private static GridOptions RandomOptions(Random random) => GridSome.Options with
    {
        Direction = (GridDirection)random.Next(3),
        Spacing = (GridSpacing)random.Next(2),
        Sizing = (GridSizing)random.Next(2),
        Grids = random.Next(1, 12),
        PostOnly = random.Next(3) > 0,
        InitialPurchase = random.Next(4) == 0 ? false : null,
        StartPrice = random.Next(4) == 0 ? random.Next(100, 140) : null,
        StopLoss = random.Next(3) switch { 0 => Options.PriceOrPercent.OfInvestment(random.Next(5, 40)), 1 => Options.PriceOrPercent.AtPrice(random.Next(60, 180)), _ => null },
        TakeProfit = random.Next(3) == 0 ? Options.PriceOrPercent.OfInvestment(random.Next(5, 40)) : null,
        OnStop = (InventoryOnStop)random.Next(2),
        TrailingUp = random.Next(2) == 0,
        TrailingDown = random.Next(2) == 0,
        TrailingUpLimit = random.Next(3) == 0 ? 190m : null,
        RebalanceThreshold = random.Next(3) == 0 ? random.Next(2, 20) : null,
    };

    /// <summary>A shell of the least kind: orders fill at closes beyond them, in slot order, without fees.</summary>
    private sealed class Desk
    {
        private readonly GridStrategy strategy;
        private readonly OrderPlan plan;
        private readonly StrategyLane lane;
        private readonly DecisionContext context;
        private Position position;
        private Int128 realized;

        public Desk(GridOptions options)
        {
            strategy = new GridStrategy(options, hedgeMode: false);
            plan = new OrderPlan(strategy.SlotCount(0));
            lane = new StrategyLane(GridSome.Units(), plan) { Rules = GridSome.Rules };
            context = new DecisionContext([lane]) { WalletBalance = Money.FromDecimal(10_000m) };
        }

        public StrategyReport Report => strategy.Report();

        public bool Close(int close, bool ask)
        {
            for (var slot = 0; slot < plan.SlotCount; slot++)
            {
                if (plan.IsPlanned(slot) && IsReached(plan.Order(slot), close))
                {
                    Fill(slot, plan.Order(slot).Kind == OrderKind.Limit ? plan.Order(slot).Price : close);
                }
            }

            if (!ask && !context.HasFills && close > plan.WakeAtOrBelow && close < plan.WakeAtOrAbove)
            {
                return false;
            }

            lane.Close = close;
            lane.LongPosition = Math.Max(position.Size, 0);
            lane.ShortPosition = Math.Max(-position.Size, 0);
            lane.ProfitBase = realized + position.SignedCost;
            plan.ClearWakes();
            strategy.Decide(context);
            context.ClearFills();
            plan.AcceptChanges();
            return true;
        }

        public void Fill(string name, int price)
        {
            for (var slot = 0; slot < plan.SlotCount; slot++)
            {
                if (plan.IsPlanned(slot) && strategy.SlotName(0, slot, plan.Cycle(slot)) == name)
                {
                    Fill(slot, price);
                    return;
                }
            }

            throw new InvalidOperationException($"no order {name}");
        }

        public IReadOnlyList<string> Plan() =>
            [.. Enumerable.Range(0, plan.SlotCount).Where(plan.IsPlanned).Select(slot =>
            {
                var order = plan.Order(slot);
                return $"{strategy.SlotName(0, slot, plan.Cycle(slot))}#{plan.Cycle(slot)} {order.Side} {order.Kind} {order.Price} × {order.Quantity} {order.Instructions}";
            })];

        private static bool IsReached(in PlannedOrder order, int close) => order.Kind switch
        {
            OrderKind.Market => true,
            OrderKind.TriggerAtOrBelow => close <= order.Price,
            OrderKind.TriggerAtOrAbove => close >= order.Price,
            _ => order.Side == Side.Buy ? close < order.Price : close > order.Price,
        };

        private void Fill(int slot, int price)
        {
            var order = plan.Order(slot);
            var quantity = order.Quantity;
            if (order.Has(OrderInstructions.ClosePosition) || order.Has(OrderInstructions.ReduceOnly))
            {
                var closable = Math.Max(0, -order.Side.Sign() * position.Size);
                quantity = order.Has(OrderInstructions.ClosePosition) ? closable : Math.Min(quantity, closable);
            }

            if (quantity == 0)
            {
                return;
            }

            plan.Drop(slot);
            for (var other = 0; order.Group > 0 && other < plan.SlotCount; other++)
            {
                if (plan.IsPlanned(other) && plan.Order(other).Group == order.Group)
                {
                    plan.Drop(other);
                }
            }

            realized += position.Apply(order.Side.Sign(), quantity, price * lane.Units.NotionalFactor);
            context.AddFill(new OwnFill(0, slot, order.Side, price, quantity, 0));
        }
    }
}
