using Trellis.Core.Markets;
using Trellis.Core.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Grid;

/// <summary>Instruments and grids for tests.</summary>
internal static class GridSome
{
    public static InstrumentRules Rules { get; } = new() { TickSize = 0.1m, LotSize = 0.001m, MinQuantity = 0.001m, MinNotional = 5m, MakerFee = 0.0002m, TakerFee = 0.0005m };

    public static GridOptions Options { get; } = new() { Lower = 100m, Upper = 140m, Grids = 4, Investment = 1000m };

    public static InstrumentUnits Units(InstrumentRules? rules = null, MarketKind market = MarketKind.Perp, FeeCurrency fees = FeeCurrency.Quote) => new(
        new Instrument
        {
            Id = new InstrumentId("example", market, "BTCUSDT"),
            BaseCurrency = "BTC",
            QuoteCurrency = "USDT",
            Rules = [rules ?? Rules],
            FeeCurrency = fees,
        },
        1);

    public static int[] Window(GridLines lines) => [.. Enumerable.Range(0, lines.Cells + 1).Select(line => lines[line])];
}
