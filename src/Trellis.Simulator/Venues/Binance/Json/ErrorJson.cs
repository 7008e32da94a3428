using System.Text.Json;
using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>An error as Binance writes it.</summary>
internal static class ErrorJson
{
    public static void Write(Utf8JsonWriter writer, BinanceError error)
    {
        writer.WriteStartObject();
        writer.WriteNumber("code"u8, error.Code);
        writer.WriteString("msg"u8, error.Message);
        writer.WriteEndObject();
    }
}
