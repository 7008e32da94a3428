using Trellis.Core;

namespace Trellis.Data.Import;

/// <summary>Collects what is wrong with rows, so that a person sees more than the first.</summary>
internal sealed class RowProblems
{
    public const int Most = 20;

    private readonly List<string> problems = [];

    /// <exception cref="DataException">This was the last one that is collected.</exception>
    public void Add(string source, int line, string column, string value, string rule)
    {
        const int longest = 60;
        var shown = value.Length > longest ? value[..longest] + "…" : value;
        var printable = string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c));
        problems.Add($"{source}:{line}: {column} '{printable}': {rule}");
        if (problems.Count == Most)
        {
            Throw($"at least {Most} bad rows (the rest was not read)");
        }
    }

    /// <exception cref="DataException">There is a problem.</exception>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
        {
            Throw(problems.Count == 1 ? "1 bad row" : $"{problems.Count} bad rows");
        }
    }

    private void Throw(string howMany) => throw new DataException(
        $"{howMany}; nothing was imported. Correct or remove them:\n  {string.Join("\n  ", problems)}");
}
