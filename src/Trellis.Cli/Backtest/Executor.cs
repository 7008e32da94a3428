using Trellis.Research.Backtesting;
using Trellis.Research.Backtesting.Reference;

namespace Trellis.Cli.Backtest;

/// <summary>Runs a setup with the engine that was asked for.</summary>
internal static class Executor
{
    /// <summary>Small enough that an interruption is noticed at once, large enough to cost nothing.</summary>
    private const int Piece = 100_000;

    /// <exception cref="OperationCanceledException">The run was interrupted; nothing is left of it.</exception>
    public static RunOutcome Run(BacktestSetup setup, Research.Backtesting.Engine engine, CancellationToken cancellation)
    {
        if (engine == Research.Backtesting.Engine.Reference)
        {
            return ReferenceExecutor.Run(setup);
        }

        var run = new BacktestRun(setup, engine);
        while (!run.IsFinished)
        {
            cancellation.ThrowIfCancellationRequested();
            run.AdvanceTo(Math.Min(run.Range.Count, run.Position + Piece));
        }

        return run.Finish();
    }
}
