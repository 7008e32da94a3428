using System.Text.Json;
using Trellis.Simulator.Venues.Binance.Endpoints;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Limits;

namespace Trellis.Simulator.Venues.Binance.WebSocketApi;

/// <summary>An answer of the WebSocket API: <c>{"id","status","result" or "error","rateLimits"}</c>.</summary>
internal static class Envelope
{
    /// <param name="id">As it was sent.</param>
    /// <param name="result">One JSON value; left out where there is an error.</param>
    /// <param name="factor">Multiplies the limits.</param>
    public static void Write(Utf8JsonWriter writer, string id, BinanceError? error, ReadOnlySpan<byte> result, RequestUsage usage, double factor, bool withLimits)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("id"u8);
        writer.WriteRawValue(id, skipInputValidation: true);
        writer.WriteNumber("status"u8, error?.Http ?? 200);
        if (error is { } refusal)
        {
            writer.WritePropertyName("error"u8);
            ErrorJson.Write(writer, refusal);
        }
        else
        {
            writer.WritePropertyName("result"u8);
            writer.WriteRawValue(result, skipInputValidation: true);
        }

        if (withLimits)
        {
            WriteLimits(writer, usage, factor);
        }

        writer.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter writer, RequestUsage usage, double factor)
    {
        writer.WriteStartArray("rateLimits"u8);
        if (usage.Orders is { } orders)
        {
            WriteLimit(writer, RateLimit.OrdersPerTenSeconds, factor, orders.TenSeconds);
            WriteLimit(writer, RateLimit.OrdersPerMinute, factor, orders.Minute);
        }

        WriteLimit(writer, RateLimit.Weight, factor, usage.Weight);
        writer.WriteEndArray();
    }

    private static void WriteLimit(Utf8JsonWriter writer, RateLimit limit, double factor, long used)
    {
        writer.WriteStartObject();
        writer.WriteString("rateLimitType"u8, limit.Kind);
        writer.WriteString("interval"u8, limit.Interval);
        writer.WriteNumber("intervalNum"u8, limit.IntervalNumber);
        writer.WriteNumber("limit"u8, limit.Effective(factor));
        writer.WriteNumber("count"u8, used);
        writer.WriteEndObject();
    }
}
