using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Research.Backtesting;
using Trellis.Research.Results;

namespace Trellis.Research.Tests.Results;

public sealed class EquityWalkTests
{
    private const int Cases = 300;

    [Fact]
    public void Equity_is_what_cash_and_holdings_come_to_at_every_close_of_random_runs()
    {
        var fills = 0L;
        foreach (var setup in RandomSetups.Of(Cases))
        {
            var outcome = new BacktestRun(setup, Engine.Auto).Finish();
            var lanes = ResultLane.Of(setup, outcome);
            var walk = new EquityWalk(outcome, lanes);
            var deepest = 0.0;
            var trough = -1;
            for (var candle = 0; candle < outcome.Range.Count; candle++)
            {
                walk.MoveTo(candle);
                walk.Equity.ShouldBe(CashAndHoldings(outcome, lanes, candle));
                if (walk.Drawdown > deepest)
                {
                    (deepest, trough) = (walk.Drawdown, candle);
                }
            }

            new Money(walk.Equity).ShouldBe(outcome.Equity);
            new Money(walk.Wallet).ShouldBe(outcome.Wallet);
            (deepest, trough).ShouldBe((outcome.MaxDrawdown.Share, outcome.MaxDrawdown.TroughCandle));
            fills += outcome.Entries.Count;
        }

        fills.ShouldBeGreaterThan(Cases);
    }

    /// <summary>Without cost, realized profit or wallet: what was paid and received, and what is held at its price.</summary>
    private static Int128 CashAndHoldings(RunOutcome outcome, IReadOnlyList<ResultLane> lanes, int candle)
    {
        var cash = outcome.StartBalance.Units;
        var held = new long[lanes.Count];
        foreach (var entry in outcome.Entries.Where(entry => entry.Candle <= candle))
        {
            cash += entry.Funding;
            if (entry.IsFill)
            {
                var units = lanes[entry.Lane].Units;
                cash += (-entry.Side.Sign() * units.Notional(entry.Price, entry.Quantity)) + (entry.BaseFee != 0 ? 0 : entry.Fee);
                held[entry.Lane] += (entry.Side.Sign() * entry.Quantity) - entry.BaseFee;
            }
        }

        for (var lane = 0; lane < lanes.Count; lane++)
        {
            cash += lanes[lane].Units.Notional(lanes[lane].Closes(outcome.Range.Count).Span[candle], held[lane]);
        }

        return cash;
    }
}
