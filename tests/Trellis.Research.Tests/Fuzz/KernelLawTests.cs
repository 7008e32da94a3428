using Trellis.Core.Markets;
using Trellis.Core.Strategies;
using Trellis.Research.Backtesting;
using Trellis.Research.Tests.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>The law of the kernel: asking earlier than the wake conditions demand changes neither the plan nor the state.</summary>
public sealed class KernelLawTests
{
    [Fact]
    public void A_strategy_asked_at_every_close_does_what_it_does_when_it_is_woken()
    {
        for (var seed = 500_000; seed < 501_500; seed++)
        {
            var fuzz = FuzzCase.Of(seed);
            var setup = fuzz.Build();
            var woken = Outcome(setup);
            var always = Outcome(setup with { Bots = [.. setup.Bots.Select(AskedAtEveryClose)] });
            if (woken is not null && always is not null)
            {
                Comparison.FirstDifference(woken, always).ShouldBeNull(fuzz.ToString());
            }
        }
    }

    private static RunOutcome? Outcome(BacktestSetup setup)
    {
        try
        {
            return Engines.Run(setup, Engine.Plain);
        }
        catch (Core.TrellisException)
        {
            return null;
        }
    }

    private static BotSetup AskedAtEveryClose(BotSetup bot) => bot with { Strategy = () => new Sleepless(bot.Strategy()) };

    private sealed class Sleepless(IStrategy inner) : IStrategy
    {
        public int SlotCount(int lane) => inner.SlotCount(lane);

        public LaneColumns? Prepare(int lane, CandleSeries candles, InstrumentUnits units) => inner.Prepare(lane, candles, units);

        public void Decide(DecisionContext context)
        {
            inner.Decide(context);
            foreach (var lane in context.Lanes)
            {
                lane.Plan.WakeAtEveryClose();
            }
        }

        public string SlotName(int lane, int slot, int cycle) => inner.SlotName(lane, slot, cycle);

        public StrategyReport Report() => inner.Report();
    }
}
