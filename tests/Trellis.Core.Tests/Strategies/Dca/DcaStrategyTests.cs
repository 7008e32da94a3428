using Trellis.Core.Options;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Tests.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Dca;

public sealed class DcaStrategyTests
{
    [Fact]
    public void Asking_at_every_close_changes_nothing_against_asking_only_on_wakes_and_fills()
    {
        var (asked, cases, deals) = (0, 0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var options = RandomOptions(random);
            if (DcaCheck.Problems(options, GridSome.Units(), GridSome.Rules, 10_000m, 119m).Count > 0)
            {
                continue;
            }

            cases++;
            var (eager, lazy) = (DcaSome.Desk(options), DcaSome.Desk(options));
            var close = 1190;
            for (var k = 0; k < 300; k++)
            {
                close = Math.Clamp(close + random.Next(-25, 26), 800, 1600);
                eager.Close(close, ask: true);
                asked += lazy.Close(close, ask: k == 0) ? 1 : 0;

                lazy.Plan().ShouldBe(eager.Plan(), $"seed {seed}, close {k}");
                (lazy.Report.State, lazy.Report.Pairs, lazy.Report.Matched).ShouldBe((eager.Report.State, eager.Report.Pairs, eager.Report.Matched), $"seed {seed}, close {k}");
            }

            deals += lazy.Report.Pairs;
        }

        cases.ShouldBeGreaterThan(200);
        deals.ShouldBeGreaterThan(cases * 6);
        asked.ShouldBeLessThan(cases * 300 * 3 / 4);
    }

    [Fact]
    public void A_deal_goes_from_base_order_over_safety_orders_to_the_take_profit_and_the_next_base_order()
    {
        var desk = DcaSome.Desk(DcaSome.Options with { MaxActiveSafetyOrders = 2, StopLoss = PriceOrPercent.OfInvestment(10m) });
        desk.Close(1000, ask: true);
        desk.Plan().ShouldBe(["base#1 Buy Market 0 × 10000 None"]);

        desk.Close(1000, ask: false);
        desk.Plan().ShouldBe([
            "safety-0#1 Buy Limit 990 × 5050 None",
            "safety-1#1 Buy Limit 975 × 10256 None",
            "take-profit#1 Sell Limit 1010 × 10000 ReduceOnly",
            "stop-loss#1 Sell TriggerAtOrBelow 900 × 1 ClosePosition",
        ]);

        // Average 1499.95 ÷ 15.05 = 99.664…, × 1.01 = 100.661…
        desk.Close(989, ask: false);
        desk.Plan().ShouldBe([
            "safety-1#1 Buy Limit 975 × 10256 None",
            "safety-2#1 Buy Limit 952 × 21008 None",
            "take-profit#2 Sell Limit 1007 × 15050 ReduceOnly",
            "stop-loss#1 Sell TriggerAtOrBelow 900 × 1 ClosePosition",
        ]);

        desk.Close(1008, ask: false);
        desk.Plan().ShouldBe(["base#2 Buy Market 0 × 9920 None"]);
        (desk.Report.Pairs, desk.Report.Matched.ToDecimal()).ShouldBe((1, (15.05m * 100.7m) - 1499.95m));
        desk.Report.Notes.ShouldContain(note => note.Key == "deal time" && note.Value == "2 min on average, longest 2 min");
        desk.Report.Notes.ShouldContain(note => note.Key == "safety orders" && note.Value == "1.00 a deal on average, most 1");
    }

    [Fact]
    public void A_safety_order_is_planned_once_however_many_there_are()
    {
        var options = DcaSome.Options with { MaxSafetyOrders = 100, SafetyOrderSize = 20m, DeviationPercent = 0.5m, StepScale = 1m, VolumeScale = 1m, MaxActiveSafetyOrders = 10 };
        var desk = DcaSome.Desk(options);
        desk.Close(1000, ask: true);
        for (var close = 1000; close > 480; close -= 3)
        {
            desk.Close(close, ask: true);
        }

        Enumerable.Range(0, 100).Select(desk.Cycle).ShouldAllBe(cycle => cycle == 1);
        desk.Plan().Count.ShouldBe(1);
    }

    [Fact]
    public void Deciding_allocates_nothing()
    {
        var options = DcaSome.Options with { TrailingPercent = 0.3m, StopLoss = PriceOrPercent.OfInvestment(6m), StopLossFrom = StopLossFrom.Average, CooldownSeconds = 90 };
        var desk = DcaSome.Desk(options);
        var random = new Random(53);
        var close = 1000;
        Walk(2_000);
        var deals = desk.Report.Pairs;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Walk(2_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        (desk.Report.Pairs - deals).ShouldBeGreaterThan(50);

        void Walk(int closes)
        {
            for (var k = 0; k < closes; k++)
            {
                close = Math.Clamp(close + random.Next(-12, 13), 700, 1400);
                desk.Close(close, ask: true);
            }
        }
    }

    private static DcaOptions RandomOptions(Random random)
    {
        var fromEntry = random.Next(3) == 0;
        var limit = random.Next(3) == 0;
        var takeProfit = random.Next(3, 40) / 10m;
        return DcaSome.Options with
        {
            Direction = (DcaDirection)random.Next(2),
            BaseOrder = limit ? DcaBaseOrder.Limit : DcaBaseOrder.Market,
            BaseOrderOffsetPercent = limit ? random.Next(8) / 10m : 0m,
            BaseOrderTimeoutSeconds = limit && random.Next(2) == 0 ? random.Next(1, 900) : null,
            Sizing = random.Next(3) == 0 ? DcaSizing.PercentOfBalance : DcaSizing.Fixed,
            BaseOrderSize = random.Next(10, 15),
            SafetyOrderSize = random.Next(6, 10),
            MaxSafetyOrders = random.Next(7),
            MaxActiveSafetyOrders = random.Next(2) == 0 ? random.Next(1, 4) : null,
            DeviationPercent = random.Next(5, 20) / 10m,
            DeviationMode = fromEntry ? DeviationMode.FromEntry : DeviationMode.Cumulative,
            StepScale = (fromEntry ? 13 : 9) / 10m + (random.Next(4) / 10m),
            VolumeScale = 1m + (random.Next(3) / 10m),
            TakeProfitPercent = takeProfit,
            IncludeFees = random.Next(2) == 0,
            TrailingPercent = random.Next(2) == 0 ? takeProfit / random.Next(2, 6) : null,
            StopLoss = random.Next(4) switch { 0 => PriceOrPercent.AtPrice(random.Next(2) == 0 ? 95m : 140m), 1 or 2 => PriceOrPercent.OfInvestment(random.Next(3, 20)), _ => null },
            StopLossFrom = (StopLossFrom)random.Next(2),
            AfterStopLoss = random.Next(5) == 0 ? AfterStopLoss.Stop : AfterStopLoss.Continue,
            CooldownSeconds = random.Next(2) == 0 ? random.Next(900) : 0,
            MaxDeals = random.Next(8) == 0 ? random.Next(1, 20) : null,
            StartPrice = random.Next(6) == 0 ? random.Next(110, 128) : null,
            PostOnly = random.Next(3) == 0,
        };
    }
}
