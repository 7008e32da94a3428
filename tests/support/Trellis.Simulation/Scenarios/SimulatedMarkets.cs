using Trellis.Core.Markets;
using Trellis.Core.Trading;

namespace Trellis.Simulation.Scenarios;

/// <summary>The instruments of a simulation: perpetuals that trade around 100 with a tick of 0.1; an order is worth at least 5.</summary>
public static class SimulatedMarkets
{
    public const decimal StartPrice = 100m;
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT"];

    /// <param name="shape">Says how large a contract is.</param>
    /// <param name="index">From 0 to 2.</param>
    public static TradingMarket Of(VenueShape shape, int index)
    {
        var rules = Rules(shape, coarse: false);
        var instrument = new Instrument
        {
            Id = new InstrumentId("simulated", MarketKind.Perp, Symbols[index]),
            BaseCurrency = Symbols[index][..^4],
            QuoteCurrency = "USDT",
            ContractMultiplier = shape.Multiplier,
            Rules = [rules],
            LeverageTiers = [new LeverageTier(1_000_000_000m, 0.004m, 0m, 125m)],
        };
        return new TradingMarket(instrument, new InstrumentUnits(instrument, 1), rules);
    }

    /// <summary>The rules at the start, or coarser ones that an exchange changes to.</summary>
    public static InstrumentRules Rules(VenueShape shape, bool coarse) => new()
    {
        TickSize = coarse ? 0.2m : 0.1m,
        LotSize = (shape.Multiplier == 1m ? 0.001m : 1m) * (coarse ? 2m : 1m),
        MinQuantity = (shape.Multiplier == 1m ? 0.001m : 1m) * (coarse ? 2m : 1m),
        MinNotional = coarse ? 10m : 5m,
        MakerFee = 0.0002m,
        TakerFee = 0.0005m,
    };
}
