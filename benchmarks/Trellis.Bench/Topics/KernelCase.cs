using Trellis.Bench.Baselines;
using Trellis.Bench.Markets;
using Trellis.Bench.Measuring;
using Trellis.Research.Backtesting;

namespace Trellis.Bench.Topics;

using Engine = Research.Backtesting.Engine;

/// <summary>Several candidates of one kind, measured with every engine and both baselines.</summary>
/// <param name="name">Shown in the table.</param>
/// <param name="candidates">All on the same candles.</param>
internal sealed class KernelCase(string name, IReadOnlyList<Candidate> candidates)
{
    /// <summary>The naive loop walks only this far: its cost per candle does not depend on the length.</summary>
    private const int NaiveCandles = 50_000;

    /// <summary>The log grows in pieces; below this many entries a piece more or less is all that one sees.</summary>
    private const int FewEntries = 10_000;

    private static readonly Engine[] Engines = [Engine.Plain, Engine.Skip, Engine.Auto];

    private readonly BacktestSetup[] setups = [.. candidates.Select(candidate => candidate.Setup())];
    private readonly NaiveGrid[] naive = [.. candidates.Select(candidate => new NaiveGrid(candidate, Math.Min(NaiveCandles, candidate.Candles.Count)))];

    public string Name { get; } = name;

    public KernelResult Measure(int rounds)
    {
        var runs = setups.Select(Observe).ToArray();
        var scanned = candidates[0].Candles;

        // Each kind runs its candidates one after another, as an optimizer would, before the next kind has the caches.
        var actions = new List<Action>(naive.Select<NaiveGrid, Action>(loop => loop.Run));
        actions.AddRange(setups.Select<BacktestSetup, Action>(_ => () => BareScan.Run(scanned)));
        actions.AddRange(Engines.SelectMany(engine => setups.Select<BacktestSetup, Action>(setup => () => EngineRun.Execute(setup, engine))));

        Contest.WarmUp([.. actions]);
        var figures = Contest.Run(rounds, actions);
        return new KernelResult
        {
            Candles = scanned.Count,
            Fills = runs.Average(run => run[0].Fills),
            FundingEvents = runs.Average(run => run[0].Outcome.Entries.Count - run[0].Fills),
            Liquidations = runs.Count(run => run[0].Outcome.LiquidatedAt is not null),
            Naive = Kind(0),
            NaiveCandles = Math.Min(NaiveCandles, scanned.Count),
            Scan = Kind(1),
            Engines = [.. Engines.Select((engine, i) => new EngineResult(
                engine,
                Kind(2 + i),
                runs.Average(run => run[i].Events),
                runs.Average(run => run[i].Bytes),
                BytesPerEntry(engine)))],
        };

        Figure Kind(int index) => Figure.Mean(figures[(index * setups.Length)..((index + 1) * setups.Length)]);
    }

    private EngineRun[] Observe(BacktestSetup setup)
    {
        // The first run of a strategy also allocates what lives as long as the process.
        EngineRun.Execute(setup, Engine.Plain);
        var runs = Engines.Select(engine => EngineRun.Observe(setup, engine)).ToArray();
        EngineRun.RequireEqual(runs[0], runs[1], Name);
        EngineRun.RequireEqual(runs[0], runs[2], Name);
        return runs;
    }

    /// <summary>What the second halves of the runs allocated, per entry that they made: whatever a run costs only once drops out.</summary>
    private double? BytesPerEntry(Engine engine)
    {
        var (bytes, entries) = (0L, 0L);
        foreach (var setup in setups)
        {
            var candles = setup.Bots[0].Lanes[0].Candles;
            var half = EngineRun.Observe(setup with { To = candles.TimeOf(candles.Count / 2) }, engine);
            var whole = EngineRun.Observe(setup, engine);
            bytes += whole.Bytes - half.Bytes;
            entries += whole.Outcome.Entries.Count - half.Outcome.Entries.Count;
        }

        return entries < FewEntries ? null : bytes / (double)entries;
    }
}

/// <summary>Means over the candidates of a case.</summary>
internal sealed record KernelResult
{
    public required int Candles { get; init; }

    public required double Fills { get; init; }

    public required double FundingEvents { get; init; }

    /// <summary>Candidates that were liquidated, whose runs end early.</summary>
    public required int Liquidations { get; init; }

    public required Figure Naive { get; init; }

    public required int NaiveCandles { get; init; }

    public required Figure Scan { get; init; }

    public required IReadOnlyList<EngineResult> Engines { get; init; }

    public double NaivePerCandle => Naive.Best / NaiveCandles;

    /// <summary>What an engine is allowed, in nanoseconds; null where nothing is said.</summary>
    public double? Budget(Engine engine) => engine switch
    {
        Engine.Plain => 6.0 * Candles,
        Engine.Skip => (150 * (Fills + FundingEvents)) + (0.05 * Candles) + 20_000,
        _ => null,
    };
}

/// <param name="Events">Candles looked at closely.</param>
/// <param name="Bytes">Allocated by a run.</param>
/// <param name="BytesPerEntry">Allocated for each further fill or funding payment; null where there are too few to tell.</param>
internal sealed record EngineResult(Engine Engine, Figure Figure, double Events, double Bytes, double? BytesPerEntry);
