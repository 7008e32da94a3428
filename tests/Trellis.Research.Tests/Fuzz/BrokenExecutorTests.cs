using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Research.Backtesting;
using Trellis.Research.Tests.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>An engine that breaks one rule by a hair must not pass the fuzz.</summary>
public sealed class BrokenExecutorTests
{
    private const int Cases = 400;

    /// <summary>Each makes a right engine behave as one that has the rule wrong.</summary>
    private static readonly Dictionary<string, Func<BacktestSetup, BacktestSetup>> Faults = new(StringComparer.Ordinal)
    {
        ["a limit fills on touch"] = setup => Lanes(setup, lane => lane with { Candles = Wider(lane.Candles) }),
        ["funding is paid a candle late"] = setup => Lanes(setup, lane => lane with
        {
            Funding = [.. lane.Funding.Select(rate => rate with { Time = rate.Time + 60_000 })],
        }),
        ["funding ignores the mark price"] = setup => Lanes(setup, lane => lane with
        {
            Funding = [.. lane.Funding.Select(rate => rate with { MarkPrice = null })],
        }),
        ["the favourable side comes first"] = setup => setup with { Optimistic = !setup.Optimistic },
        ["slippage is off by 10^-6"] = setup => setup with { Slippage = setup.Slippage + 100 },
        ["bots act in the wrong order"] = setup => setup with { Bots = [.. setup.Bots.Reverse()] },
        ["the wallet is off by 10^-12"] = setup => setup with { StartBalance = setup.StartBalance + new Money(1) },
        ["margin ignores the leverage"] = setup => setup with { Bots = [.. setup.Bots.Select(bot => bot with { Leverage = 125m })] },
        ["post-only orders take"] = setup => Orders(setup, order => order with { Instructions = order.Instructions & ~OrderInstructions.PostOnly }),
        ["reduce-only is ignored"] = setup => Orders(setup, order => order with { Instructions = order.Instructions & ~OrderInstructions.ReduceOnly }),
        ["groups don't cancel"] = setup => Orders(setup, order => order with { Group = 0 }),
    };

    public static TheoryData<string> FaultNames { get; } = [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(FaultNames))]
    public void A_broken_executor_is_found_out(string fault)
    {
        var found = Enumerable.Range(1, Cases).Count(seed => Differs(FuzzCase.Of(seed).Build(), Faults[fault]));

        found.ShouldBeGreaterThan(Cases / 100, fault);
    }

    [Fact]
    public void The_comparison_sees_one_unit_in_any_field_of_an_entry()
    {
        var outcome = Engines.Run(FuzzCase.Of(1).Build(), Engine.Reference);
        var last = outcome.Entries[^1];
        RunEntry[] changed =
        [
            last with { Fee = last.Fee + 1 }, last with { Realized = last.Realized + 1 }, last with { Funding = last.Funding + 1 },
            last with { WalletAfter = last.WalletAfter + 1 }, last with { SizeAfter = last.SizeAfter + 1 }, last with { CostAfter = last.CostAfter + 1 },
            last with { Candle = last.Candle + 1 }, last with { Slot = last.Slot + 1 }, last with { Cycle = last.Cycle + 1 },
            last with { Price = last.Price + 1 }, last with { Quantity = last.Quantity + 1 }, last with { BaseFee = last.BaseFee + 1 },
        ];

        foreach (var entry in changed)
        {
            Comparison.FirstDifference(outcome, outcome with { Entries = [.. outcome.Entries.SkipLast(1), entry] }).ShouldNotBeNull();
        }

        Comparison.FirstDifference(outcome, outcome with { Refusals = outcome.Refusals + 1 }).ShouldNotBeNull();
        Comparison.FirstDifference(outcome, outcome with { MaxDrawdown = outcome.MaxDrawdown with { Share = Math.BitIncrement(outcome.MaxDrawdown.Share) } }).ShouldNotBeNull();
    }

    private static bool Differs(BacktestSetup setup, Func<BacktestSetup, BacktestSetup> fault)
    {
        try
        {
            return Comparison.FirstDifference(Engines.Run(setup, Engine.Skip), Engines.Run(fault(setup), Engine.Skip)) is not null;
        }
        catch (TrellisException)
        {
            return false;
        }
    }

    private static BacktestSetup Lanes(BacktestSetup setup, Func<LaneSetup, LaneSetup> change) =>
        setup with { Bots = [.. setup.Bots.Select(bot => bot with { Lanes = [.. bot.Lanes.Select(change)] })] };

    private static BacktestSetup Orders(BacktestSetup setup, Func<PlannedOrder, PlannedOrder> change) =>
        setup with { Bots = [.. setup.Bots.Select(bot => bot with { Strategy = () => new Rewriting(bot.Strategy(), change) })] };

    /// <summary>Extremes one unit further out: "strictly through" becomes "touched".</summary>
    private static CandleSeries Wider(CandleSeries candles)
    {
        var (high, low) = (candles.High.ToArray(), candles.Low.ToArray());
        for (var i = 0; i < high.Length; i++)
        {
            if (!candles.IsHole(i))
            {
                high[i]++;
                low[i]--;
            }
        }

        return new CandleSeries
        {
            Instrument = candles.Instrument,
            Interval = candles.Interval,
            StartTime = candles.StartTime,
            PriceDecimals = candles.PriceDecimals,
            Open = candles.Open,
            High = high,
            Low = low,
            Close = candles.Close,
        };
    }

    /// <summary>Rewrites the orders that a strategy has just set.</summary>
    private sealed class Rewriting(IStrategy inner, Func<PlannedOrder, PlannedOrder> change) : IStrategy
    {
        public int SlotCount(int lane) => inner.SlotCount(lane);

        public LaneColumns? Prepare(int lane, CandleSeries candles, InstrumentUnits units) => inner.Prepare(lane, candles, units);

        public void Decide(DecisionContext context)
        {
            inner.Decide(context);
            foreach (var plan in context.Lanes.Select(lane => lane.Plan))
            {
                foreach (var slot in plan.Changes.ToArray().Where(plan.IsPlanned))
                {
                    plan.Set(slot, change(plan.Order(slot)));
                }
            }
        }

        public string SlotName(int lane, int slot, int cycle) => inner.SlotName(lane, slot, cycle);

        public StrategyReport Report() => inner.Report();
    }
}
