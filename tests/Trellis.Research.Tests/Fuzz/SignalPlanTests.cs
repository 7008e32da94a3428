using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Signals;
using Trellis.Research.Backtesting;
using Trellis.Research.Tests.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>What holds of a signal bot's plan after every asking, on random cases.</summary>
public sealed class SignalPlanTests
{
    [Fact]
    public void Whatever_is_held_has_its_exits_or_is_being_closed()
    {
        var (askings, held) = (0, 0);
        for (var seed = 700_000; seed < 700_600; seed++)
        {
            var fuzz = FuzzCase.Of(seed) with { Signal = true, Grid = false, DatedRules = false };
            Run(fuzz, lane =>
            {
                askings++;
                held += IsProtected(lane, 1, fuzz) + IsProtected(lane, -1, fuzz);
            });
        }

        held.ShouldBeGreaterThan(askings / 10);
    }

    [Fact]
    public void Deciding_allocates_nothing_but_the_terms_of_new_rules()
    {
        var fuzz = FuzzCase.Of(700_001) with { Signal = true, Grid = false, DatedRules = false, Candles = 3_000, LanesOfBots = new EquatableLanes([1]) };
        var allocating = 0;
        for (var round = 0; round < 2; round++)
        {
            allocating = 0;
            Run(fuzz, _ => { }, bytes => allocating += bytes > 0 ? 1 : 0);
        }

        allocating.ShouldBe(1);
    }

    private static void Run(FuzzCase fuzz, Action<StrategyLane> look, Action<long>? allocated = null)
    {
        var setup = fuzz.Build();
        setup = setup with { Bots = [.. setup.Bots.Select(bot => bot with { Strategy = () => new Watched(bot.Strategy(), look, allocated) })] };
        try
        {
            Engines.Run(setup, Engine.Plain);
        }
        catch (Core.TrellisException)
        {
            // No common candles.
        }
    }

    /// <returns>1 where there is a position of this side.</returns>
    private static int IsProtected(StrategyLane lane, int side, FuzzCase fuzz)
    {
        var lot = lane.Units.LotOf(lane.Rules);
        var position = (side > 0 ? lane.LongPosition : lane.ShortPosition) / lot * lot;
        var plan = lane.Plan;
        if (position == 0)
        {
            return 0;
        }

        if (plan.IsPlanned(SignalSlots.Close) && plan.Order(SignalSlots.Close).Side.Sign() == -side)
        {
            plan.Order(SignalSlots.Close).Quantity.ShouldBe(position, fuzz.ToString());
            return 1;
        }

        plan.IsPlanned(SignalSlots.Entry).ShouldBeFalse(fuzz.ToString());
        if (plan.IsPlanned(SignalSlots.StopLoss))
        {
            var stop = plan.Order(SignalSlots.StopLoss);
            (stop.Side.Sign(), stop.Has(OrderInstructions.ClosePosition)).ShouldBe((-side, true), fuzz.ToString());
            (side * (lane.Close - stop.Price)).ShouldBeGreaterThan(0, fuzz.ToString());
        }

        if (plan.IsPlanned(SignalSlots.TakeProfit))
        {
            var target = plan.Order(SignalSlots.TakeProfit);
            (target.Side.Sign(), target.Quantity, target.Has(OrderInstructions.ReduceOnly)).ShouldBe((-side, position, true), fuzz.ToString());
            (!plan.IsPlanned(SignalSlots.StopLoss) || plan.Order(SignalSlots.StopLoss).Group == target.Group).ShouldBeTrue();
        }

        return 1;
    }

    private sealed class Watched(IStrategy inner, Action<StrategyLane> look, Action<long>? allocated) : IStrategy
    {
        public int SlotCount(int lane) => inner.SlotCount(lane);

        public LaneColumns? Prepare(int lane, CandleSeries candles, InstrumentUnits units) => inner.Prepare(lane, candles, units);

        public void Decide(DecisionContext context)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            inner.Decide(context);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (inner is SignalStrategy)
            {
                allocated?.Invoke(bytes);
                look(context.Lane);
            }
        }

        public string SlotName(int lane, int slot, int cycle) => inner.SlotName(lane, slot, cycle);

        public StrategyReport Report() => inner.Report();
    }
}
