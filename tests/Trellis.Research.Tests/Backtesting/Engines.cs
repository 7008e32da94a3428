using Trellis.Research.Backtesting;
using Trellis.Research.Backtesting.Reference;

namespace Trellis.Research.Tests.Backtesting;

/// <summary>All ways to run a backtest, as data of theories.</summary>
public static class Engines
{
    public static TheoryData<Engine> All { get; } = [Engine.Reference, Engine.Plain, Engine.Skip, Engine.Auto];

    /// <summary>The engines that are measured against the reference.</summary>
    public static IReadOnlyList<Engine> Fast { get; } = [Engine.Plain, Engine.Skip, Engine.Auto];

    public static RunOutcome Run(BacktestSetup setup, Engine engine) => engine == Engine.Reference
        ? ReferenceExecutor.Run(setup)
        : new BacktestRun(setup, engine).Finish();

    /// <summary>Runs in pieces that end at the given candles.</summary>
    public static RunOutcome RunInPieces(BacktestSetup setup, Engine engine, IEnumerable<int> stops)
    {
        var run = new BacktestRun(setup, engine);
        foreach (var stop in stops)
        {
            run.AdvanceTo(Math.Min(stop, run.Range.Count));
        }

        return run.Finish();
    }
}
