using Trellis.Core.Matching.Commands;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>Commands as a person reads them.</summary>
internal static class CommandText
{
    public static string Of(MatchingCommand command) => command switch
    {
        SetQuotes quotes => $"SetQuotes {{ Time = {quotes.Time}, Instrument = {quotes.Instrument}, Bids = {Of(quotes.Bids)}, Asks = {Of(quotes.Asks)} }}",
        _ => command.ToString(),
    };

    private static string Of(IReadOnlyList<QuoteLevel> levels) => $"[{string.Join(", ", levels.Select(level => $"{level.Quantity} @ {level.Price}"))}]";
}
