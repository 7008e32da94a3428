namespace Trellis.Simulator.MarketData;

/// <summary>A candle in a file.</summary>
internal static class KlineBarCodec
{
    public static void Write(BinaryWriter writer, in KlineBar bar)
    {
        writer.Write(bar.OpenTime);
        writer.Write(bar.Open);
        writer.Write(bar.High);
        writer.Write(bar.Low);
        writer.Write(bar.Close);
        writer.Write(bar.Volume);
        writer.Write(bar.QuoteVolume);
        writer.Write(bar.TakerBuyVolume);
        writer.Write(bar.TakerBuyQuoteVolume);
        writer.Write(bar.FirstTradeId);
        writer.Write(bar.LastTradeId);
        writer.Write(bar.Trades);
    }

    public static KlineBar Read(BinaryReader reader) => new()
    {
        OpenTime = reader.ReadInt64(),
        Open = reader.ReadDecimal(),
        High = reader.ReadDecimal(),
        Low = reader.ReadDecimal(),
        Close = reader.ReadDecimal(),
        Volume = reader.ReadDecimal(),
        QuoteVolume = reader.ReadDecimal(),
        TakerBuyVolume = reader.ReadDecimal(),
        TakerBuyQuoteVolume = reader.ReadDecimal(),
        FirstTradeId = reader.ReadInt64(),
        LastTradeId = reader.ReadInt64(),
        Trades = reader.ReadInt32(),
    };
}
