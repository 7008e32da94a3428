using Trellis.Bench.Markets;
using Trellis.Bench.Reporting;
using Trellis.Core.Strategies.Grid;
using Trellis.Data.Generation;

namespace Trellis.Bench.Topics;

using Engine = Research.Backtesting.Engine;

/// <summary>One bot, one instrument: the three executors against a naive loop and against memory.</summary>
internal sealed class KernelTopic : ITopic
{
    /// <summary>Different grids per case: a single one, run again and again, would train the branch predictor.</summary>
    private const int Candidates = 4;

    public string Name => "kernel";

    public string Summary => "one grid bot over 1-minute candles: executors, naive loop, bare scan";

    public void Run(bool quick, TextWriter output)
    {
        var table = new Table(
            4, "market", "years", "grid", "engine", "fills", "events", "best", "median", "wall median", "ns/candle", "ns/fill",
            "budget", "", "naive ÷ best", "best ÷ scan", "per run", "per entry");
        var missed = 0;
        foreach (var (market, years, kernelCase) in Cases(quick))
        {
            var result = kernelCase.Measure(rounds: quick ? 5 : 7);
            missed += AddRows(table, market, years, kernelCase.Name, result);
        }

        table.Print(output);
        output.WriteLine(
            $"""
            Times are CPU time of the one thread, mean of different candidates; best and median over the rounds. Budgets: plain 6 ns × candles;
            skip 150 ns × (fills + funding events) + 0.05 ns × candles + 20 µs; auto has none. {(missed == 0 ? "Every budget is met." : $"Budgets missed: {missed}.")}
            naive: order objects in a list, every one tested in every candle, money in double (first 50,000 candles, scaled).
            scan: minimum of all lows and maximum of all highs with vector instructions. per run: bytes allocated, preparation included;
            per entry: bytes that each fill or funding payment of the second half of the range added (– for fewer than 10,000, the log grows in
            pieces): the entry log alone, where nothing else allocates.
            The outcome's entries are told from the log when they are first read, outside these times. All engines left equal entries, equity and drawdown.
            """);
    }

    private static IEnumerable<(string Market, int Years, KernelCase Case)> Cases(bool quick)
    {
        int[] allYears = quick ? [1] : [1, 4];
        GridSpacing[] spacings = quick ? [GridSpacing.Geometric] : [GridSpacing.Geometric, GridSpacing.Arithmetic];
        foreach (var model in SeededMarkets.Models)
        {
            foreach (var years in allYears)
            {
                var candles = SeededMarkets.Get(model, seed: 7, years * SeededMarkets.Year);
                foreach (var spacing in spacings)
                {
                    foreach (var levels in new[] { 20, 100, 200 })
                    {
                        yield return (SeededMarkets.NameOf(model), years, new KernelCase(
                            $"{levels} {(spacing == GridSpacing.Geometric ? "geo" : "arith")}",
                            Candidate.Draw(candles, Candidates, levels, spacing)));
                    }
                }
            }
        }

        foreach (var years in allYears)
        {
            foreach (var item in ExtraCases(years))
            {
                yield return (SeededMarkets.NameOf(item.Model), years, item.Case);
            }
        }
    }

    private static IEnumerable<(GeneratorModel Model, KernelCase Case)> ExtraCases(int years)
    {
        var calm = SeededMarkets.Get(GeneratorModel.MeanReversion, seed: 7, years * SeededMarkets.Year);
        var funding = BenchInstrument.Funding(calm);
        var grids = Candidate.Draw(calm, Candidates, 100, GridSpacing.Geometric);
        var levered = Candidate.Draw(calm, Candidates, 100, GridSpacing.Geometric, leverage: 3m);
        yield return (GeneratorModel.MeanReversion, new KernelCase("200 geo, narrowest", Candidate.Draw(calm, Candidates, 200, GridSpacing.Geometric, leastCell: Candidate.NarrowestCell)));
        yield return (GeneratorModel.MeanReversion, new KernelCase("100 geo + funding", [.. grids.Select(grid => grid with { Funding = funding })]));
        yield return (GeneratorModel.MeanReversion, new KernelCase("100 geo, 3×, tiers + funding", [.. levered.Select(grid => grid with { Funding = funding, Tiers = true })]));
    }

    /// <summary>How many budgets were missed.</summary>
    private static int AddRows(Table table, string market, int years, string grid, KernelResult result)
    {
        var missed = 0;
        foreach (var engine in result.Engines)
        {
            var best = engine.Figure.Best;
            var budget = result.Budget(engine.Engine);
            missed += best > budget ? 1 : 0;
            var isFirst = engine.Engine == Engine.Plain;
            table.Add(
                isFirst ? market : "",
                isFirst ? $"{years}" : "",
                isFirst ? grid + (result.Liquidations > 0 ? $" ({result.Liquidations} liquidated)" : "") : "",
                NameOf(engine.Engine),
                Text.Count(result.Fills),
                Text.Count(engine.Events),
                Text.Time(best),
                Text.Time(engine.Figure.Median),
                Text.Time(engine.Figure.WallMedian),
                Text.Number(best / result.Candles),
                Text.Number(best / result.Fills),
                budget is { } allowed ? Text.Time(allowed) : "–",
                budget is { } limit ? Text.Verdict(best, limit) : "",
                Text.Ratio(result.NaivePerCandle * result.Candles, best),
                Text.Ratio(best, result.Scan.Best),
                Text.Bytes(engine.Bytes),
                engine.BytesPerEntry is { } bytes ? Text.Bytes(bytes) : "–");
        }

        return missed;
    }

    private static string NameOf(Engine engine) => engine switch
    {
        Engine.Plain => "plain",
        Engine.Skip => "skip",
        _ => "auto",
    };
}
