using System.Text;
using System.Text.Json;

namespace Trellis.Simulator.Venues.Binance.Streams;

internal enum ControlMethod
{
    Subscribe,
    Unsubscribe,
    ListSubscriptions,
    SetProperty,
    GetProperty,
}

/// <summary>What a client asks of its connection.</summary>
/// <param name="Id">As the client wrote it, in JSON: an unsigned integer or a string.</param>
/// <param name="Parameters">Names of streams, or a property and its value.</param>
internal sealed record ControlRequest(ControlMethod Method, string Id, IReadOnlyList<JsonElement> Parameters);

/// <summary>A request that is none, in Binance's numbers and words.</summary>
/// <param name="Id">Null where the request's own could not be read.</param>
/// <param name="EndsConnection">Text that is no JSON ends a futures connection (Binance: change log of 2023-06-22).</param>
internal sealed record ControlError(int Code, string Message, string? Id, bool EndsConnection = false);

/// <summary>Reads requests as strictly as Binance does.</summary>
internal static class ControlReader
{
    private const int InvalidRequest = 2;
    private const int InvalidJson = 3;
    private const int DeepestNesting = 16;

    private static readonly string[] Methods = ["SUBSCRIBE", "UNSUBSCRIBE", "LIST_SUBSCRIPTIONS", "SET_PROPERTY", "GET_PROPERTY"];

    public static ControlRequest? Read(ReadOnlySpan<byte> text, out ControlError? error)
    {
        JsonElement root;
        try
        {
            Demand(text);
            var reader = new Utf8JsonReader(text);
            root = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException broken)
        {
            error = new ControlError(InvalidJson, $"Invalid JSON: expected value at line {broken.LineNumber + 1} column {broken.BytePositionInLine + 1}", null, EndsConnection: true);
            return null;
        }

        return Read(root, text, out error);
    }

    /// <summary>Walks the whole text: nothing may follow the value, and strings must be text, which half of an escaped character pair is not.</summary>
    private static void Demand(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestNesting });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException half)
        {
            var before = text[..(int)reader.TokenStartIndex];
            throw new JsonException(null, null, before.Count((byte)'\n'), before.Length - (before.LastIndexOf((byte)'\n') + 1), half);
        }
    }

    private static ControlRequest? Read(JsonElement root, ReadOnlySpan<byte> text, out ControlError? error)
    {
        error = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            error = Invalid($"invalid type: expected a request {At(text)}", null);
            return null;
        }

        var id = root.TryGetProperty("id"u8, out var element) ? IdOf(element) : null;
        if (!root.TryGetProperty("method"u8, out var method))
        {
            error = Invalid($"missing field `method` {At(text)}", id);
        }
        else if (method.ValueKind != JsonValueKind.String || Array.IndexOf(Methods, method.GetString()) < 0)
        {
            error = Invalid($"unknown variant `{Spelled(method)}`, expected one of {string.Join(", ", Methods.Select(known => $"`{known}`"))} {After(text, method)}", id);
        }
        else if (id is null)
        {
            error = Invalid("request ID must be an unsigned integer", null);
        }
        else
        {
            return Read((ControlMethod)Array.IndexOf(Methods, method.GetString()), id, root, text, out error);
        }

        return null;
    }

    private static ControlRequest? Read(ControlMethod method, string id, JsonElement root, ReadOnlySpan<byte> text, out ControlError? error)
    {
        error = null;
        var has = root.TryGetProperty("params"u8, out var given) && given.ValueKind != JsonValueKind.Null;
        if (has && given.ValueKind != JsonValueKind.Array)
        {
            error = Invalid($"invalid type: expected a sequence {After(text, given)}", id);
            return null;
        }

        JsonElement[] parameters = has ? [.. given.EnumerateArray()] : [];
        var (isNames, most) = method switch
        {
            ControlMethod.Subscribe or ControlMethod.Unsubscribe => (true, int.MaxValue),
            ControlMethod.ListSubscriptions => (false, 0),
            ControlMethod.GetProperty => (false, 1),
            _ => (false, 2),
        };
        if (isNames && !has)
        {
            error = Invalid($"missing field `params` {At(text)}", id);
        }
        else if (parameters.Length > most)
        {
            error = Invalid("too many parameters", id);
        }
        else if (isNames && parameters.Any(parameter => parameter.ValueKind != JsonValueKind.String))
        {
            error = Invalid($"invalid type: expected a string {After(text, given)}", id);
        }
        else if (!isNames && most > 0 && (parameters.Length == 0 || parameters[0].ValueKind != JsonValueKind.String))
        {
            error = Invalid("property name must be a string", id);
        }

        return error is null ? new ControlRequest(method, id, parameters) : null;
    }

    private static ControlError Invalid(string what, string? id) => new(InvalidRequest, $"Invalid request: {what}", id);

    private static string? IdOf(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => id.GetRawText(),
        JsonValueKind.Number when id.TryGetUInt64(out _) => id.GetRawText(),
        _ => null,
    };

    private static string Spelled(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string At(ReadOnlySpan<byte> text) => Position(text, text.TrimEnd(" \t\r\n"u8).Length);

    private static string After(ReadOnlySpan<byte> text, JsonElement value)
    {
        var raw = Encoding.UTF8.GetBytes(value.GetRawText());
        return Position(text, text.IndexOf(raw) + raw.Length);
    }

    private static string Position(ReadOnlySpan<byte> text, int length)
    {
        var before = text[..Math.Clamp(length, 0, text.Length)];
        return $"at line {before.Count((byte)'\n') + 1} column {before.Length - (before.LastIndexOf((byte)'\n') + 1)}";
    }
}
