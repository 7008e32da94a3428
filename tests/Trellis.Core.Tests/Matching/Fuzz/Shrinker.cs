namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>Leaves commands out of a failing list as long as it still fails.</summary>
internal static class Shrinker
{
    public static IReadOnlyList<T> Shrink<T>(IReadOnlyList<T> failing, Func<IReadOnlyList<T>, bool> fails)
    {
        for (var chunk = Math.Max(1, failing.Count / 2); ; chunk = Math.Max(1, chunk / 2))
        {
            var before = failing.Count;
            for (var start = 0; start < failing.Count;)
            {
                List<T> candidate = [.. failing.Take(start), .. failing.Skip(start + chunk)];
                if (fails(candidate))
                {
                    failing = candidate;
                }
                else
                {
                    start += chunk;
                }
            }

            if (chunk == 1 && failing.Count == before)
            {
                return failing;
            }
        }
    }
}
