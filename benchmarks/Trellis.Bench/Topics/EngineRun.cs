using Trellis.Core;
using Trellis.Research.Backtesting;

namespace Trellis.Bench.Topics;

using Engine = Research.Backtesting.Engine;

/// <summary>What a run left behind, as far as a benchmark asks.</summary>
/// <param name="Bytes">Allocated by the run, its preparation and its outcome.</param>
internal readonly record struct EngineRun(RunOutcome Outcome, long Events, long Bytes)
{
    public int Fills => Outcome.Entries.Count(entry => entry.IsFill);

    public static void Execute(BacktestSetup setup, Engine engine) => new BacktestRun(setup, engine).Finish();

    public static EngineRun Observe(BacktestSetup setup, Engine engine)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = new BacktestRun(setup, engine);
        var outcome = run.Finish();
        return new EngineRun(outcome, run.Events, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <exception cref="RunException">The engines left different outcomes, so that their times can't be compared.</exception>
    public static void RequireEqual(EngineRun one, EngineRun other, string what)
    {
        var equal = one.Outcome.Equity.Units == other.Outcome.Equity.Units &&
            one.Outcome.MaxDrawdown == other.Outcome.MaxDrawdown &&
            one.Outcome.Entries.SequenceEqual(other.Outcome.Entries);
        if (!equal)
        {
            throw new RunException($"bench: {what}: two engines left different outcomes; a figure of a wrong run means nothing. Run ./test");
        }
    }
}
