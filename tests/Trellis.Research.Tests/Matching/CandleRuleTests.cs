using Trellis.Core.Numerics;
using Trellis.Research.Backtesting;
using Trellis.Research.Backtesting.Reference;
using Trellis.Research.Tests.Fuzz;

namespace Trellis.Research.Tests.Matching;

/// <summary>The exchange's rule of candles is the backtest's: equal plans give equal fills and an equal wallet, to the last digit.</summary>
public sealed class CandleRuleTests
{
    private const int Cases = 150;

    [Fact]
    public void The_exchange_fills_by_candles_as_a_backtest_does()
    {
        var (fills, liquidations, refusals) = (0, 0, 0L);
        for (var seed = 1; seed <= Cases; seed++)
        {
            var outcome = Compare(seed);
            fills += outcome.Entries.Count(entry => entry.IsFill);
            liquidations += outcome.LiquidatedAt is null ? 0 : 1;
            refusals += outcome.Refusals;
        }

        fills.ShouldBeGreaterThan(5_000);
        liquidations.ShouldBeGreaterThan(5);
        refusals.ShouldBeGreaterThan(50);
    }

    private static RunOutcome Compare(int seed)
    {
        var random = new Random(seed);
        var market = new FuzzCase
        {
            Seed = seed,
            Candles = random.Next(50, 120),
            LanesOfBots = new EquatableLanes([1]),
            AllPerpetual = true,
            Holes = random.Next(3) == 0,
            Jumps = random.Next(2) == 0,
            Funding = random.Next(2) == 0,
            Tiers = random.Next(4) > 0,
            Rebates = random.Next(6) == 0,
        };
        var reckless = random.Next(3) == 0;
        var leverage = reckless ? random.Next(10, 60) : random.Next(1, 8);
        var hedge = random.Next(3) == 0;
        var notional = (reckless ? leverage * 2.5m : 1m) * random.Next(20, 160);
        List<LaneSetup> lanes = [.. Enumerable.Range(0, 1 + (seed % 2)).Select(lane => RandomMarket.Lane(market, lane))];
        var changes = new List<PlanChange>();
        var setup = new BacktestSetup
        {
            StartBalance = Money.FromDecimal(1_000m + (random.Next(1_000_000) / 1_000_000m)),
            HedgeMode = hedge,
            Slippage = random.Next(2) * random.Next(200_000),
            Bots = [new BotSetup { Name = "bot", Leverage = leverage, Lanes = lanes, Strategy = () => new RecordedPlan(seed, hedge, notional, changes) }],
        };

        var outcome = ReferenceExecutor.Run(setup);
        var exchange = new CandleExchange(setup, outcome.Range, [.. lanes.Select(lane => lane.Candles.PriceDecimals)]);
        for (var candle = 0; candle <= (outcome.LiquidatedAt ?? outcome.Range.Count - 1); candle++)
        {
            var close = outcome.Range.TimeOf(candle + 1);
            exchange.Step(candle, changes.Where(change => change.Time == close));
        }

        exchange.Fills().ShouldBe(CandleExchange.Fills(setup, outcome), $"seed {seed}");
        exchange.Wallet.ShouldBe(outcome.Wallet.ToDecimal(), $"seed {seed}");
        return outcome;
    }
}
