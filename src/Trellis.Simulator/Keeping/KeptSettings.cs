using Trellis.Core.Matching;

namespace Trellis.Simulator.Keeping;

/// <summary>What a state file was made with. A file goes on only with the same, since an engine of other instruments would make another exchange of it.</summary>
public sealed record KeptSettings
{
    public required string Exchange { get; init; }

    public required FillRule FillRule { get; init; }

    public decimal SlippagePercent { get; init; }

    public required int HistoryLength { get; init; }

    /// <summary>What moves the prices, in words that are equal for equal markets: seed, files, start.</summary>
    public required string Market { get; init; }

    /// <summary>In engine order; the start price is the market's affair and not compared.</summary>
    public required IReadOnlyList<MatchingInstrument> Instruments { get; init; }

    /// <summary>Names in the order in which they were opened. Others may join; none may leave.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>The clock before the first command, Unix milliseconds; taken from the file, not compared.</summary>
    public required long StartTime { get; init; }

    /// <summary>The program that wrote the file; not compared.</summary>
    public required string Program { get; init; }

    /// <summary>How <paramref name="wanted"/> differs from these settings, a line each: what, what the file holds, what was asked for.</summary>
    public IReadOnlyList<string> DifferencesTo(KeptSettings wanted)
    {
        var differences = new List<string>();
        Compare("exchange", Exchange, wanted.Exchange);
        Compare("fill rule", Word(FillRule), Word(wanted.FillRule));
        Compare("slippage", SlippagePercent, wanted.SlippagePercent);
        Compare("history length", HistoryLength, wanted.HistoryLength);
        Compare("instruments", Symbols(this), Symbols(wanted));
        if (differences.Count == 0)
        {
            CompareRules(wanted);
            Compare("market", Market, wanted.Market);
        }

        var missing = Accounts.Except(wanted.Accounts, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            differences.Add($"accounts: the file holds {string.Join(", ", Accounts)}, and {string.Join(", ", missing)} is not among {string.Join(", ", wanted.Accounts)}");
        }

        return differences;

        void Compare<T>(string what, T kept, T asked)
        {
            if (!EqualityComparer<T>.Default.Equals(kept, asked))
            {
                differences.Add($"{what}: the file holds {kept}, this run asks for {asked}");
            }
        }

        void CompareRules(KeptSettings other)
        {
            foreach (var (kept, asked) in Instruments.Zip(other.Instruments))
            {
                if (!Text(kept).AsSpan().SequenceEqual(Text(asked)))
                {
                    differences.Add($"instrument {kept.Instrument.Id.Symbol}: its rules are others than those in the file");
                }
            }
        }
    }

    private static string Word(FillRule rule) => rule == FillRule.Book ? "book" : "candle";

    private static string Symbols(KeptSettings settings) => string.Join(", ", settings.Instruments.Select(instrument => instrument.Instrument.Id.Symbol));

    private static byte[] Text(MatchingInstrument instrument) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(instrument with { StartPrice = 0 }, KeepingJson.Default.MatchingInstrument);
}
