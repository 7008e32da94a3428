using System.Text.Json;
using Trellis.Core.Markets;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>An instrument's leverage table as Binance tells it.</summary>
internal static class LeverageBrackets
{
    /// <summary>What Binance writes where there is no cap.</summary>
    private const decimal NoCap = long.MaxValue;

    /// <summary>The largest position notional at a leverage.</summary>
    public static decimal MaxNotional(IReadOnlyList<LeverageTier> tiers, int leverage)
    {
        var found = tiers.Count == 0 ? NoCap : 0m;
        foreach (var tier in tiers)
        {
            found = tier.MaxLeverage >= leverage ? Cap(tier) : found;
        }

        return found;
    }

    public static void Write(Utf8JsonWriter writer, BinanceSymbol symbol, IReadOnlyList<LeverageTier> tiers)
    {
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteNumber("notionalCoef"u8, 1m);
        writer.WriteStartArray("brackets"u8);
        var floor = 0m;
        for (var i = 0; i < tiers.Count; i++)
        {
            var tier = tiers[i];
            writer.WriteStartObject();
            writer.WriteNumber("bracket"u8, i + 1);
            writer.WriteNumber("initialLeverage"u8, (int)tier.MaxLeverage);
            writer.WriteNumber("notionalCap"u8, Cap(tier));
            writer.WriteNumber("notionalFloor"u8, floor);
            writer.WriteNumber("maintMarginRatio"u8, tier.MaintenanceRate);
            writer.WriteNumber("cum"u8, tier.MaintenanceDeduction);
            writer.WriteEndObject();
            floor = Cap(tier);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static decimal Cap(LeverageTier tier) => Math.Min(tier.NotionalCap, NoCap);
}
