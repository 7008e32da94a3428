using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Trellis.Exchanges.Binance.Json;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Parses a message of a stream, alone or wrapped with its stream's name.</summary>
internal static class WireMessage
{
    /// <returns>False where it is no JSON object.</returns>
    public static bool TryParse(ReadOnlySpan<byte> frame, [NotNullWhen(true)] out JsonDocument? document, out JsonElement message)
    {
        message = default;
        document = null;
        if (!WireText.IsReadable(frame))
        {
            return false;
        }

        var reader = new Utf8JsonReader(frame);
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out document) || document.RootElement.ValueKind != JsonValueKind.Object || reader.BytesConsumed != frame.Length)
            {
                document?.Dispose();
                document = null;
                return false;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        message = document.RootElement;
        if (message.TryGetProperty("stream", out _) && message.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            message = data;
        }

        return true;
    }
}
