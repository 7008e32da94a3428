namespace Trellis.Core.Tests.Matching.Fuzz;

internal static class Difference
{
    /// <summary>The first place where two lists part; null where they don't.</summary>
    public static string? First<T>(string what, IReadOnlyList<T> expected, IReadOnlyList<T> seen)
    {
        for (var i = 0; i < Math.Max(expected.Count, seen.Count); i++)
        {
            if (i >= expected.Count || i >= seen.Count || !EqualityComparer<T>.Default.Equals(expected[i], seen[i]))
            {
                return $"{what} {i + 1}: expected {Text(expected, i)}, seen {Text(seen, i)}";
            }
        }

        return null;
    }

    public static string? Of<T>(string what, T expected, T seen) =>
        EqualityComparer<T>.Default.Equals(expected, seen) ? null : $"{what}: expected {expected}, seen {seen}";

    private static string Text<T>(IReadOnlyList<T> list, int index) => index < list.Count ? $"{list[index]}" : "nothing more";
}
