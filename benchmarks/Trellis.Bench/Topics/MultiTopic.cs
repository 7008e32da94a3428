using Trellis.Bench.Markets;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies.Grid;
using Trellis.Data.Generation;
using Trellis.Research.Backtesting;

namespace Trellis.Bench.Topics;

using Engine = Research.Backtesting.Engine;

/// <summary>Several instruments on one wallet, beside the same bots each alone.</summary>
internal sealed class MultiTopic : ITopic
{
    private const int Levels = 100;

    private static readonly Engine[] Engines = [Engine.Plain, Engine.Skip, Engine.Auto];

    public string Name => "multi";

    public string Summary => "1, 4 and 10 instruments on one wallet, a 100-level grid on each";

    public void Run(bool quick, TextWriter output)
    {
        var table = new Table(2, "instruments", "engine", "fills", "events", "best", "median", "wall median", "ns/candle/instrument", "each alone", "together ÷ alone", "per run");
        var years = quick ? 1 : 4;
        foreach (var count in new[] { 1, 4, 10 })
        {
            Measure(table, count, years, quick ? 5 : 9);
        }

        table.Print(output);
        output.WriteLine(
            $"{years} year(s) of 1-minute candles per instrument, random walks with different seeds. Baseline: the same bots, each alone on a wallet of its own, one after another. " +
            "There is no budget. Drawdown of a shared wallet needs every candle of every instrument where positions are open.");
    }

    private static void Measure(Table table, int count, int years, int rounds)
    {
        var candidates = Enumerable.Range(0, count)
            .Select(i => Candidate.Draw(SeededMarkets.Get(GeneratorModel.RandomWalk, 100 + i, years * SeededMarkets.Year), 1, Levels, GridSpacing.Geometric)[0])
            .ToList();
        var alone = candidates.Select(candidate => candidate.Setup()).ToList();
        var together = new BacktestSetup
        {
            StartBalance = Money.FromDecimal(Candidate.Balance * count),
            Bots = [.. candidates.Select((candidate, i) => candidate.Bot($"bench-{i}"))],
        };

        var runs = Engines.Select(engine => EngineRun.Observe(together, engine)).ToArray();
        EngineRun.RequireEqual(runs[0], runs[1], $"{count} instruments");
        EngineRun.RequireEqual(runs[0], runs[2], $"{count} instruments");
        var actions = Engines.SelectMany<Engine, Action>(engine =>
        [
            () => EngineRun.Execute(together, engine),
            () => alone.ForEach(setup => EngineRun.Execute(setup, engine)),
        ]).ToList();
        Contest.WarmUp([.. actions]);
        var figures = Contest.Run(rounds, actions);
        for (var i = 0; i < Engines.Length; i++)
        {
            var (subject, baseline) = (figures[2 * i], figures[(2 * i) + 1]);
            table.Add(
                i == 0 ? $"{count}" : "",
                $"{Engines[i]}".ToLowerInvariant(),
                Text.Count(runs[i].Fills),
                Text.Count(runs[i].Events),
                Text.Time(subject.Best),
                Text.Time(subject.Median),
                Text.Time(subject.WallMedian),
                Text.Number(subject.Best / count / (years * SeededMarkets.Year)),
                Text.Time(baseline.Best),
                Text.Ratio(subject.Best, baseline.Best),
                Text.Bytes(runs[i].Bytes));
        }
    }
}
