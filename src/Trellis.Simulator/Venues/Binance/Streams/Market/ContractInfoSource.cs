using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Core.Matching.Events;

namespace Trellis.Simulator.Venues.Binance.Streams.Market;

/// <summary><c>!contractInfo</c>: an instrument got other rules, was halted or was resumed.</summary>
internal sealed class ContractInfoSource(StreamName name, StreamFeed feed) : StreamSource(name, feed)
{
    /// <summary>What Binance writes as the delivery date of a perpetual: 25 December 2100.</summary>
    private const long NoDelivery = 4_133_404_800_000;

    public override void OnEvent(MatchingEvent occurred)
    {
        if (occurred is not InstrumentChanged changed)
        {
            return;
        }

        var symbol = Feed.Symbols.All[changed.Instrument];
        var (matching, isHalted) = Feed.Instrument(changed.Instrument);
        var writer = Feed.Buffer.Begin();
        writer.WriteStartObject();
        writer.WriteString("e"u8, "contractInfo"u8);
        writer.WriteNumber("E"u8, Feed.EventTime(changed.Time));
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteString("ps"u8, symbol.Name);
        writer.WriteString("ct"u8, "PERPETUAL"u8);
        writer.WriteNumber("dt"u8, NoDelivery);
        writer.WriteNumber("ot"u8, matching.Instrument.Rules[0].ValidFrom.ToUnixTimeMilliseconds());
        writer.WriteString("cs"u8, isHalted ? "PENDING_TRADING"u8 : "TRADING"u8);
        WriteBrackets(writer, matching.Instrument.LeverageTiers);
        writer.WriteNumber("st"u8, StreamFeed.SymbolType);
        writer.WriteEndObject();
        Publish();
    }

    private static void WriteBrackets(Utf8JsonWriter writer, IReadOnlyList<LeverageTier> tiers)
    {
        writer.WriteStartArray("bks"u8);
        for (var i = 0; i < tiers.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("bs"u8, i + 1);
            writer.WriteNumber("bnf"u8, i == 0 ? 0 : tiers[i - 1].NotionalCap);
            writer.WriteNumber("bnc"u8, Math.Min(tiers[i].NotionalCap, long.MaxValue));
            writer.WriteNumber("mmr"u8, tiers[i].MaintenanceRate);
            writer.WriteNumber("cf"u8, tiers[i].MaintenanceDeduction);
            writer.WriteNumber("mi"u8, i == tiers.Count - 1 ? 1 : (int)tiers[i + 1].MaxLeverage + 1);
            writer.WriteNumber("ma"u8, (int)tiers[i].MaxLeverage);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
