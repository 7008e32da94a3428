using System.Text.Json;
using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Requests;

/// <summary>JSON objects whose values are plain: the orders of a batch, the parameters of the WebSocket API.</summary>
internal static class ScalarObject
{
    /// <summary>The values as they were written; null where the value is no object or one of its values is not plain.</summary>
    /// <exception cref="RequestRefusedException">A name twice, or text that is no Unicode.</exception>
    public static Parameters? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var parameters = new Parameters();
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return null;
            }

            if (property.Value.ValueKind != JsonValueKind.Null && !parameters.TryAdd(Name(property), Text(property.Value), 0))
            {
                throw new RequestRefusedException(RequestErrors.DuplicateParameter);
            }
        }

        return parameters;
    }

    /// <summary>A plain value as it was written, without quotes.</summary>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            throw new RequestRefusedException(RequestErrors.IllegalCharacters);
        }
    }

    private static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw new RequestRefusedException(RequestErrors.IllegalCharacters);
        }
    }
}
