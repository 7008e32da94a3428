using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Tests.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Signals;

/// <summary>What only a live venue shows, where orders fill in parts and anybody may ask at any time; the rest is in docs/vectors/signals.</summary>
public sealed class SignalStrategyTests
{
    private const int Signal = 3;
    private const long Minute = 60_000;

    private readonly SignalStrategy strategy = new(
        new SignalOptions { Name = "sma-cross", Size = 1000m, StopLossPercent = 2m, TakeProfitPercent = 4m, CooldownBars = 5 },
        new SmaCross(2, 3),
        hedgeMode: false);
    private readonly OrderPlan plan = new(SignalSlots.Count);
    private readonly StrategyLane lane;
    private readonly DecisionContext context;

    public SignalStrategyTests()
    {
        lane = new StrategyLane(GridSome.Units(), plan) { Rules = GridSome.Rules };
        context = new DecisionContext([lane], new StatedWallet { Balance = Money.FromDecimal(10_000m) });
        int[] closes = [1000, 990, 980, 1010, 1010, 1010, 1010, 1010];
        strategy.Prepare(
            0,
            new CandleSeries
            {
                Instrument = new InstrumentId("example", MarketKind.Perp, "BTCUSDT"),
                Interval = Interval.OneMinute,
                StartTime = 0,
                PriceDecimals = 1,
                Open = closes,
                High = closes,
                Low = closes,
                Close = closes,
            },
            lane.Units);
        Ask(Signal);
    }

    private long Quantity => plan.Order(SignalSlots.Entry).Quantity;

    [Fact]
    public void The_bracket_stands_beside_the_entry() => Planned().ShouldBe("entry Buy Market, stop-loss Sell TriggerAtOrBelow 990, take-profit Sell Limit 1050");

    [Fact]
    public void Whoever_asks_before_the_entry_had_its_candle_changes_nothing()
    {
        Ask(Signal, Minute / 2);

        plan.Changes.Length.ShouldBe(0);
        plan.OrderCount.ShouldBe(3);
    }

    [Fact]
    public void An_entry_that_filled_in_part_keeps_its_bracket_and_holds_what_came_once_its_time_is_over()
    {
        var part = Quantity / 2;
        Fill(SignalSlots.Entry, Side.Buy, 1010, part, leaves: false);
        Ask(Signal, Minute / 2);
        Planned().ShouldBe("entry Buy Market, stop-loss Sell TriggerAtOrBelow 990, take-profit Sell Limit 1050");

        Ask(Signal + 1);

        Planned().ShouldBe("stop-loss Sell TriggerAtOrBelow 990, take-profit Sell Limit 1050");
        plan.Order(SignalSlots.TakeProfit).Quantity.ShouldBe(part);
    }

    [Fact]
    public void An_entry_of_which_nothing_came_is_given_up_with_its_bracket()
    {
        Ask(Signal + 1);

        plan.OrderCount.ShouldBe(0);
        strategy.Report().State.ShouldBe("waiting for a signal");
    }

    [Fact]
    public void A_target_that_filled_in_part_is_stated_for_the_rest_and_so_is_the_stop()
    {
        var whole = Hold();
        Fill(SignalSlots.TakeProfit, Side.Sell, 1050, whole - 1_000, leaves: true);
        plan.Drop(SignalSlots.StopLoss);

        Ask(Signal + 2);

        Planned().ShouldBe("stop-loss Sell TriggerAtOrBelow 990, take-profit Sell Limit 1050");
        plan.Order(SignalSlots.TakeProfit).Quantity.ShouldBe(1_000);
    }

    [Fact]
    public void Rules_that_change_while_nothing_happens_change_no_plan()
    {
        Hold();
        lane.Rules = GridSome.Rules with { LotSize = 1_000m, TickSize = 5m };

        Ask(Signal + 2);

        plan.Changes.Length.ShouldBe(0);
        strategy.Report().State.ShouldBe("long");
    }

    [Fact]
    public void A_position_that_the_market_left_behind_its_stop_is_closed()
    {
        Fill(SignalSlots.Entry, Side.Buy, 1060, Quantity, leaves: true);

        Ask(Signal + 1);

        Planned().ShouldBe("close Sell Market");
        plan.Order(SignalSlots.Close).Quantity.ShouldBe(lane.LongPosition);
    }

    [Fact]
    public void A_close_from_before_the_entry_says_nothing_of_its_stop()
    {
        Fill(SignalSlots.Entry, Side.Buy, 1060, Quantity, leaves: true);
        lane.IsCloseOld = true;

        Ask(Signal, Minute / 2);

        Planned().ShouldBe("stop-loss Sell TriggerAtOrBelow 1039, take-profit Sell Limit 1102");
    }

    private long Hold()
    {
        var whole = Quantity;
        Fill(SignalSlots.Entry, Side.Buy, 1010, whole, leaves: true);
        Ask(Signal + 1);
        return whole;
    }

    private void Fill(int slot, Side side, int price, long quantity, bool leaves)
    {
        context.AddFill(new OwnFill(0, slot, side, price, quantity, 0));
        lane.LongPosition += side.Sign() * quantity;
        if (leaves)
        {
            plan.Drop(slot);
        }
    }

    private void Ask(int candle, long later = 0)
    {
        lane.Candle = candle;
        lane.Close = 1010;
        context.Time = ((candle + 1) * Minute) + later;
        plan.ClearWakes();
        plan.AcceptChanges();
        strategy.Decide(context);
        context.ClearFills();
    }

    private string Planned() => string.Join(", ", Enumerable.Range(0, SignalSlots.Count).Where(plan.IsPlanned).Select(slot =>
    {
        ref readonly var order = ref plan.Order(slot);
        return $"{strategy.SlotName(0, slot, 1)} {order.Side} {order.Kind}{(order.Price > 0 ? $" {order.Price}" : "")}";
    }));
}
