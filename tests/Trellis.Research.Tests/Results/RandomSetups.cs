using Trellis.Core;
using Trellis.Research.Backtesting;
using Trellis.Research.Tests.Fuzz;

namespace Trellis.Research.Tests.Results;

/// <summary>Random backtests that run to their end.</summary>
internal static class RandomSetups
{
    private const int FirstSeed = 900_000;

    public static IEnumerable<BacktestSetup> Of(int count)
    {
        for (var seed = FirstSeed; seed < FirstSeed + count; seed++)
        {
            var setup = FuzzCase.Of(seed).Build();
            if (Runs(setup))
            {
                yield return setup;
            }
        }
    }

    /// <summary>A random grid may be refused at its start; that is no case of results.</summary>
    private static bool Runs(BacktestSetup setup)
    {
        try
        {
            new BacktestRun(setup, Engine.Plain).Finish();
            return true;
        }
        catch (TrellisException)
        {
            return false;
        }
    }
}
