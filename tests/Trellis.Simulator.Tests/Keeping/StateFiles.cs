using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Simulator.Keeping;

namespace Trellis.Simulator.Tests.Keeping;

/// <summary>Settings and logs for the tests of this chapter.</summary>
internal static class StateFiles
{
    public const long Start = 1_700_000_000_000;

    public static IReadOnlyDictionary<string, byte[]> NoParts { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal);

    public static KeptSettings Settings(params string[] symbols) => new()
    {
        Exchange = "binance",
        FillRule = FillRule.Book,
        HistoryLength = 1_000,
        Market = "generated from seed 1",
        Instruments = [.. (symbols.Length == 0 ? ["BTCUSDT"] : symbols).Select(Instrument)],
        Accounts = ["main"],
        StartTime = Start,
        Program = "0.0.0",
    };

    public static MatchingInstrument Instrument(string symbol) => new()
    {
        Instrument = new Instrument
        {
            Id = new InstrumentId("binance", MarketKind.Perp, symbol),
            BaseCurrency = symbol[..^4],
            QuoteCurrency = "USDT",
            Rules = [new InstrumentRules { TickSize = 0.1m, LotSize = 0.001m, MinQuantity = 0.001m, MinNotional = 5m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
            LeverageTiers = [new LeverageTier(1_000_000m, 0.004m, 0m, 125m), new LeverageTier(decimal.MaxValue, 0.01m, 6_000m, 50m)],
        },
        StartPrice = 30_000m,
    };

    public static StateLog Create(string path, long snapshotBytes = long.MaxValue / 2) =>
        new(StateFileWriter.Create(path, Settings(), engine: null, NoParts), NoParts, snapshotBytes);
}
