namespace Trellis.Cli.Live.Screen;

/// <summary>Divides rows among those who want them.</summary>
internal static class Rows
{
    /// <summary>Each its least as long as there are rows, earlier ones first; the rest in turn, by weight, up to what is wanted.</summary>
    public static int[] Divide(int rows, IReadOnlyList<Claim> claims)
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
                if (given[i] > 0 && Math.Min(Math.Min(claims[i].Weight, rows), claims[i].Wanted - given[i]) is var more and > 0)
                {
                    given[i] += more;
                    rows -= more;
                    hasGiven = true;
                }
            }
        }
        while (hasGiven);
        return given;
    }
}

/// <param name="Least">Rows without which none is of use.</param>
/// <param name="Wanted">Rows that would do.</param>
/// <param name="Weight">Rows in each turn.</param>
internal readonly record struct Claim(int Least, int Wanted, int Weight = 1);
