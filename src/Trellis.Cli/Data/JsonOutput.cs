using System.Text.Json;
using Trellis.Data.Store;

namespace Trellis.Cli.Data;

/// <summary>JSON on standard output.</summary>
internal static class JsonOutput
{
    public static void Print(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            write(writer);
        }

        Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    /// <summary>Times are Unix milliseconds; <c>generated_by</c> is null for recorded data.</summary>
    public static void WriteCandles(Utf8JsonWriter writer, StoredCandles candles)
    {
        writer.WriteString("instrument", candles.Instrument.ToString());
        writer.WriteString("interval", candles.Interval.ToString());
        writer.WriteNumber("first", candles.First);
        writer.WriteNumber("last", candles.Last);
        writer.WriteNumber("candles", candles.Count - candles.Holes);
        writer.WriteNumber("missing", candles.Holes);
        writer.WriteNumber("price_decimals", candles.PriceDecimals);
        writer.WriteNumber("volume_decimals", candles.VolumeDecimals);
        writer.WriteString("fingerprint", candles.Fingerprint);
        writer.WriteString("generated_by", candles.GeneratedBy);
        writer.WriteNumber("bytes", candles.Bytes);
        writer.WriteString("path", candles.Path);
    }
}
