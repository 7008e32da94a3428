using Trellis.Bench.Markets;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Core.Strategies.Grid;
using Trellis.Data.Generation;
using Trellis.Research.Backtesting;
using Trellis.Research.Results;

namespace Trellis.Bench.Topics;

using Engine = Research.Backtesting.Engine;

/// <summary>What a run's numbers cost once its bookings are told.</summary>
internal sealed class MetricsTopic : ITopic
{
    private const double Budget = 60e6;

    public string Name => "metrics";

    public string Summary => "metrics, drawdown lengths and exposure of a finished run of 4 years of 1-minute candles";

    public void Run(bool quick, TextWriter output)
    {
        var table = new Table(2, "market", "grid", "fills", "best", "median", "wall median", "÷ every close", "budget", "");
        foreach (var (model, levels) in new[] { (GeneratorModel.RandomWalk, 20), (GeneratorModel.Regimes, 100), (GeneratorModel.MeanReversion, 100) })
        {
            var candles = SeededMarkets.Get(model, seed: 7, 4 * SeededMarkets.Year);
            var setup = Candidate.Draw(candles, 1, levels, GridSpacing.Geometric)[0].Setup();
            var outcome = new BacktestRun(setup, Engine.Auto).Finish();
            var fills = outcome.Entries.Count(entry => entry.IsFill);
            Action[] contestants = [() => Sink.Take(EquityReport.Write(setup, outcome, null).Points.Count), () => EveryClose(setup, outcome)];
            Contest.WarmUp(contestants);
            var figures = Contest.Run(quick ? 5 : 9, contestants);
            table.Add(
                SeededMarkets.NameOf(model),
                $"{levels} geo",
                Text.Count(fills),
                Text.Time(figures[0].Best),
                Text.Time(figures[0].Median),
                Text.Time(figures[0].WallMedian),
                Text.Ratio(figures[0].Best, figures[1].Best),
                Text.Time(Budget),
                Text.Verdict(figures[0].Best, Budget));
        }

        table.Print(output);
        output.WriteLine("Baseline: equity at every close, one after another, in exact money, and nothing else. Telling the bookings from the log is part of neither.");
    }

    private static void EveryClose(BacktestSetup setup, RunOutcome outcome)
    {
        var walk = new EquityWalk(outcome, ResultLane.Of(setup, outcome));
        for (var candle = 0; candle < outcome.Range.Count; candle++)
        {
            walk.MoveTo(candle);
        }

        Sink.Take((long)(walk.Equity >> 40));
    }
}
