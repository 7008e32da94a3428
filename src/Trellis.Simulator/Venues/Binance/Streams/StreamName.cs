using System.Diagnostics.CodeAnalysis;
using Trellis.Simulator.MarketData;

namespace Trellis.Simulator.Venues.Binance.Streams;

internal enum StreamKind
{
    AggregateTrade,
    Trade,
    BookTicker,
    AllBookTickers,
    DepthDifference,
    PartialDepth,
    MarkPrice,
    AllMarkPrices,
    Kline,
    ContinuousKline,
    Ticker,
    MiniTicker,
    AllTickers,
    AllMiniTickers,
    ForcedOrder,
    AllForcedOrders,
    ContractInfo,
}

/// <summary>A market stream that exists.</summary>
/// <param name="Text">As the client spelled it; names are case sensitive.</param>
/// <param name="Instrument">−1 for streams of all symbols.</param>
/// <param name="Period">Milliseconds between two pushes; 0 for at once.</param>
internal sealed record StreamName(string Text, StreamKind Kind, int Instrument, int Period, int Depth = 0, KlineInterval Interval = default)
{
    private const int TradesPeriod = 100;
    private const int DepthPeriod = 250;
    private const int KlinePeriod = 250;
    private const int SecondPeriod = 1_000;
    private const int MarkPricePeriod = 3_000;
    private const int AllBookTickersPeriod = 5_000;
    private const string ContinuousSuffix = "_perpetual";

    private static readonly string[] IntervalWords = ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];

    /// <summary>Whether it belongs to <see cref="StreamRoute.Public"/>.</summary>
    public bool IsPublic => Kind is StreamKind.Trade or StreamKind.BookTicker or StreamKind.AllBookTickers or StreamKind.DepthDifference or StreamKind.PartialDepth;

    public static string WordOf(KlineInterval interval) => IntervalWords[(int)interval];

    /// <summary>Finds a stream by its name; a name that is none is not refused by Binance, it only never says anything.</summary>
    public static bool TryParse(string text, SymbolTable symbols, [NotNullWhen(true)] out StreamName? name)
    {
        name = text.StartsWith('!') ? OfAll(text) : OfOne(text, symbols);
        return name is not null;
    }

    private static StreamName? OfAll(string text) => text switch
    {
        "!bookTicker" => new StreamName(text, StreamKind.AllBookTickers, -1, AllBookTickersPeriod),
        "!markPrice@arr" => new StreamName(text, StreamKind.AllMarkPrices, -1, MarkPricePeriod),
        "!markPrice@arr@1s" => new StreamName(text, StreamKind.AllMarkPrices, -1, SecondPeriod),
        "!ticker@arr" => new StreamName(text, StreamKind.AllTickers, -1, SecondPeriod),
        "!miniTicker@arr" => new StreamName(text, StreamKind.AllMiniTickers, -1, SecondPeriod),
        "!forceOrder@arr" => new StreamName(text, StreamKind.AllForcedOrders, -1, SecondPeriod),
        "!contractInfo" => new StreamName(text, StreamKind.ContractInfo, -1, 0),
        _ => null,
    };

    private static StreamName? OfOne(string text, SymbolTable symbols)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var (symbol, topic) = (text[..at], text[(at + 1)..]);
        if (topic.StartsWith("continuousKline_", StringComparison.Ordinal))
        {
            return symbol.EndsWith(ContinuousSuffix, StringComparison.Ordinal) && Find(symbol[..^ContinuousSuffix.Length], symbols) is { } pair
                ? OfInterval(text, StreamKind.ContinuousKline, pair.Instrument, topic)
                : null;
        }

        return Find(symbol, symbols) is { } found ? OfTopic(text, found.Instrument, topic) : null;
    }

    private static StreamName? OfTopic(string text, int instrument, string topic) => topic switch
    {
        "aggTrade" => new StreamName(text, StreamKind.AggregateTrade, instrument, TradesPeriod),
        "trade" => new StreamName(text, StreamKind.Trade, instrument, 0),
        "bookTicker" => new StreamName(text, StreamKind.BookTicker, instrument, 0),
        "markPrice" or "markPrice@3s" => new StreamName(text, StreamKind.MarkPrice, instrument, MarkPricePeriod),
        "markPrice@1s" => new StreamName(text, StreamKind.MarkPrice, instrument, SecondPeriod),
        "ticker" => new StreamName(text, StreamKind.Ticker, instrument, SecondPeriod),
        "miniTicker" => new StreamName(text, StreamKind.MiniTicker, instrument, SecondPeriod),
        "forceOrder" => new StreamName(text, StreamKind.ForcedOrder, instrument, SecondPeriod),
        _ when topic.StartsWith("kline_", StringComparison.Ordinal) => OfInterval(text, StreamKind.Kline, instrument, topic),
        _ when topic.StartsWith("depth", StringComparison.Ordinal) => OfDepth(text, instrument, topic["depth".Length..].Split('@')),
        _ => null,
    };

    private static StreamName? OfInterval(string text, StreamKind kind, int instrument, string topic)
    {
        var interval = Array.IndexOf(IntervalWords, topic[(topic.IndexOf('_', StringComparison.Ordinal) + 1)..]);
        return interval < 0 ? null : new StreamName(text, kind, instrument, KlinePeriod, 0, (KlineInterval)interval);
    }

    private static StreamName? OfDepth(string text, int instrument, string[] parts)
    {
        int? depth = parts[0] switch { "" => 0, "5" => 5, "10" => 10, "20" => 20, _ => null };
        int? period = parts.Length == 1 ? DepthPeriod : parts.Length > 2 ? null : parts[1] switch { "100ms" => 100, "250ms" => 250, "500ms" => 500, _ => null };
        return depth is { } levels && period is { } milliseconds
            ? new StreamName(text, levels == 0 ? StreamKind.DepthDifference : StreamKind.PartialDepth, instrument, milliseconds, levels)
            : null;
    }

    private static BinanceSymbol? Find(string lowerName, SymbolTable symbols) =>
        symbols.TryFind(lowerName.ToUpperInvariant(), out var symbol) && symbol.LowerName == lowerName ? symbol : null;
}
