using System.Runtime;

namespace Trellis.Bench.Measuring;

/// <summary>Runs contestants in turns, so that each meets the same noise, and the next run is never the one just rehearsed.</summary>
internal static class Contest
{
    private const double QuietNanoseconds = 3e8;
    private const double LongestWarmUp = 6e9;

    /// <summary>Repeats the work until the JIT has had nothing to compile for a while.</summary>
    public static void WarmUp(params ReadOnlySpan<Action> work)
    {
        var start = Clock.Now();
        var lastChange = start.Wall;
        var compiled = 0L;
        while (true)
        {
            foreach (var action in work)
            {
                action();
            }

            var now = Clock.Now().Wall;
            var count = JitInfo.GetCompiledMethodCount();
            if (count != compiled)
            {
                compiled = count;
                lastChange = now;
            }

            if (now - lastChange > QuietNanoseconds || now - start.Wall > LongestWarmUp)
            {
                return;
            }
        }
    }

    /// <summary>One figure per contestant, in their order.</summary>
    public static Figure[] Run(int rounds, IReadOnlyList<Action> contestants)
    {
        var times = contestants.Select(_ => new List<Clock>(rounds)).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < times.Length; i++)
            {
                // Rounds allocate the same each time: a collection that the garbage of many brings about would hit the same contestant in each.
                GC.Collect(0);
                var start = Clock.Now();
                contestants[i]();
                times[i].Add(Clock.Now() - start);
            }
        }

        return [.. times.Select(Figure.Of)];
    }
}
