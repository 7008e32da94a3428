namespace Trellis.Cli.Live.Screen;

/// <summary>Divides rows among those who want them.</summary>
internal static class Rows
{
    /// <summary>Each its least as long as there are rows, earlier ones first; the rest one by one in turn, up to what is wanted.</summary>
    public static int[] Divide(int rows, IReadOnlyList<(int Least, int Wanted)> claims)
    {
        var given = new int[claims.Count];
        for (var i = 0; i < given.Length; i++)
        {
            var least = Math.Min(claims[i].Least, claims[i].Wanted);
            if (least <= rows)
            {
                given[i] = least;
                rows -= least;
            }
        }

        bool hasGiven;
        do
        {
            hasGiven = false;
            for (var i = 0; i < given.Length && rows > 0; i++)
            {
                if (given[i] > 0 && given[i] < claims[i].Wanted)
                {
                    given[i]++;
                    rows--;
                    hasGiven = true;
                }
            }
        }
        while (hasGiven);
        return given;
    }
}
