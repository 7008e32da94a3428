namespace Trellis.Data.Store;

/// <summary>Finds the name that somebody may have meant.</summary>
public static class Similarity
{
    /// <summary>The candidate with the fewest edits, if it takes no more than a third of the name; else null.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, name.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var edits = Edits(name, candidate);
            if (edits <= limit)
            {
                (nearest, limit) = (candidate, edits - 1);
            }
        }

        return nearest;
    }

    /// <summary>Insertions, deletions and replacements that turn one text into the other (Levenshtein).</summary>
    public static int Edits(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replace = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
