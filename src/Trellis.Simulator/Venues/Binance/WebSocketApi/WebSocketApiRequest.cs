using System.Buffers;
using System.Text;
using System.Text.Json;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.WebSocketApi;

/// <summary>A request of the WebSocket API: <c>{"id","method","params"}</c>.</summary>
/// <param name="Id">As it was sent, to be sent back; <c>null</c> where there is none that can be.</param>
/// <param name="Method">Empty where there is none.</param>
/// <param name="Error">Why it can't be carried out.</param>
internal sealed record WebSocketApiRequest(string Id, string Method, Parameters Parameters, BinanceError? Error)
{
    private const string NoId = "null";

    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("\"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/ ");

    public static WebSocketApiRequest Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return Broken(NoId, RequestErrors.InvalidJson);
        }
    }

    /// <summary>What is signed: every parameter but the signature, sorted by name, <c>name=value</c> joined by <c>&amp;</c>.</summary>
    public byte[] SignedText()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Parameters.All.Where(parameter => parameter.Name != Parameters.Signature).OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "&").Append(name).Append('=').Append(value);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static WebSocketApiRequest Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Broken(NoId, RequestErrors.InvalidJson);
        }

        var id = root.TryGetProperty("id"u8, out var sent) && IsId(sent) ? sent.GetRawText() : NoId;
        try
        {
            if (!root.TryGetProperty("method"u8, out var method) || method.ValueKind != JsonValueKind.String)
            {
                return Broken(id, RequestErrors.Mandatory("method"));
            }

            var parameters = root.TryGetProperty("params"u8, out var given) && given.ValueKind != JsonValueKind.Null
                ? ScalarObject.Read(given)
                : new Parameters();
            return parameters is null
                ? Broken(id, RequestErrors.Invalid("params"))
                : new WebSocketApiRequest(id, ScalarObject.Text(method), parameters, null);
        }
        catch (RequestRefusedException refused)
        {
            return Broken(id, refused.Error);
        }
    }

    /// <summary>A whole number, or a text that is short and plain.</summary>
    private static bool IsId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.Number => id.TryGetInt64(out _),
        JsonValueKind.String => id.GetRawText() is { Length: <= 66 } text && !text.AsSpan().ContainsAnyExcept(PlainCharacters),
        _ => false,
    };

    private static WebSocketApiRequest Broken(string id, BinanceError error) => new(id, "", new Parameters(), error);
}
