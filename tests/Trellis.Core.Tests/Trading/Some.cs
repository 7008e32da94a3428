using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Trading;

namespace Trellis.Core.Tests.Trading;

/// <summary>Settings of a small account: one perpetual with a tick of 0.1 and a lot of 0.001, 10,000 USDT.</summary>
internal static class Some
{
    public const long Start = 1_700_000_040_000 / 60_000 * 60_000;

    public static InstrumentRules Rules { get; } = new()
    {
        TickSize = 0.1m,
        LotSize = 0.001m,
        MinQuantity = 0.001m,
        MinNotional = 5m,
        MakerFee = 0.0002m,
        TakerFee = 0.0005m,
    };

    public static TradingMarket Market(string symbol = "BTCUSDT", MarketKind kind = MarketKind.Perp)
    {
        var instrument = new Instrument
        {
            Id = new InstrumentId("binance", kind, symbol),
            BaseCurrency = symbol[..^4],
            QuoteCurrency = "USDT",
            Rules = [Rules],
            FeeCurrency = kind == MarketKind.Spot ? FeeCurrency.Received : FeeCurrency.Quote,
        };
        return new TradingMarket(instrument, new InstrumentUnits(instrument, 1), Rules);
    }

    public static TradingBot Bot(Func<IStrategy> strategy, string name = "bot", params int[] markets) => new()
    {
        Name = name,
        Strategy = strategy,
        Markets = markets.Length == 0 ? [0] : markets,
        Capital = 10_000m,
    };

    public static TradingSettings Settings(params TradingBot[] bots) => new()
    {
        Installation = "test",
        Markets = [Market()],
        Bots = bots,
        Currency = "USDT",
        Limits = new RiskLimits(),
    };

    /// <summary>A buy of 1 at 100 that is post-only, in units of the market above.</summary>
    public static PlannedOrder Buy { get; } = new()
    {
        Side = Side.Buy,
        Kind = OrderKind.Limit,
        Price = 1_000,
        Quantity = 1_000,
        Instructions = OrderInstructions.PostOnly,
    };
}
