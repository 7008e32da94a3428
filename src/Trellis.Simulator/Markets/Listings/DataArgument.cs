using System.Text.RegularExpressions;
using Trellis.Core;
using Trellis.Data.Recognition;

namespace Trellis.Simulator.Markets.Listings;

/// <summary>A file given as <c>--data</c>, and whose it is.</summary>
internal sealed partial record DataArgument(string Symbol, DataFile File)
{
    /// <summary>Reads <c>FILE</c>, whose name has the symbol in it, or <c>SYMBOL=FILE</c>.</summary>
    /// <exception cref="ConfigurationException">Nothing says which symbol the file is of, or it says two.</exception>
    /// <exception cref="DataException">The file can't be read or is of no known kind.</exception>
    public static DataArgument Parse(string text, IReadOnlyCollection<string> symbols)
    {
        if (Named().Match(text) is { Success: true } named && !System.IO.File.Exists(text))
        {
            return new DataArgument(named.Groups["symbol"].Value, DataFile.Recognize(named.Groups["path"].Value));
        }

        var file = DataFile.Recognize(text);
        if (file.Instrument is { } stored)
        {
            return new DataArgument(stored.Symbol, file);
        }

        var found = Words().Matches(Path.GetFileName(text).ToUpperInvariant()).Select(match => match.Value)
            .Where(word => symbols.Contains(word, StringComparer.Ordinal) || Quoted().IsMatch(word))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return found.Count == 1
            ? new DataArgument(found[0], file)
            : throw new ConfigurationException(
                $"--data {text}: {(found.Count == 0 ? "the file's name has no symbol in it" : $"the file's name has several symbols in it ({string.Join(", ", found)})")}. " +
                $"Say whose it is: --data SYMBOL={text}, such as --data BTCUSDT={text}");
    }

    [GeneratedRegex("^(?<symbol>[A-Z0-9]{2,20})=(?<path>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex("[A-Z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Words();

    [GeneratedRegex("^[A-Z0-9]{2,15}(?:USDT|USDC|USD)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
