using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Trellis.Exchanges.Binance.Json;

/// <summary>A message that lacks what it must have.</summary>
internal sealed class WireFormatException(string message) : Exception(message);

/// <summary>Reads properties of messages; numbers come as numbers or as text.</summary>
internal static class WireFields
{
    /// <summary>1 with the most decimals there are: dividing by it strips zeros.</summary>
    private const decimal One = 1.0000000000000000000000000000m;

    public static decimal Number(this JsonElement element, string name) =>
        TryNumber(Property(element, name), out var value) ? value : throw Bad(element, name, "a number");

    /// <returns>0 where it is missing, null or empty.</returns>
    public static decimal NumberOrZero(this JsonElement element, string name) =>
        TryProperty(element, name, out var property) && TryNumber(property, out var value) ? value : 0m;

    public static long Whole(this JsonElement element, string name) =>
        TryWhole(Property(element, name), out var value) ? value : throw Bad(element, name, "a whole number");

    public static long WholeOrZero(this JsonElement element, string name) =>
        TryProperty(element, name, out var property) && TryWhole(property, out var value) ? value : 0;

    /// <summary>Text, or a number's digits.</summary>
    public static string Text(this JsonElement element, string name)
    {
        var text = element.TextOrEmpty(name);
        return text.Length > 0 ? text : throw Bad(element, name, "a text");
    }

    public static string TextOrEmpty(this JsonElement element, string name)
    {
        if (!TryProperty(element, name, out var property))
        {
            return "";
        }

        return property.ValueKind switch
        {
            JsonValueKind.String => property.GetString() ?? "",
            JsonValueKind.Number => property.GetRawText(),
            _ => "",
        };
    }

    public static bool Flag(this JsonElement element, string name) => element.OptionalFlag(name) ?? false;

    public static bool? OptionalFlag(this JsonElement element, string name) => TryProperty(element, name, out var property)
        ? property.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, JsonValueKind.String => property.ValueEquals("true"), _ => null }
        : null;

    /// <exception cref="WireFormatException">It is no list.</exception>
    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray()
        : throw new WireFormatException($"a list was expected, not {Shown(element)}");

    /// <summary>Items of a list by a text of theirs; of two with the same the later counts.</summary>
    public static Dictionary<string, T> ItemsBy<T>(this JsonElement element, string name, Func<JsonElement, T> read)
    {
        var items = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in element.Items())
        {
            items[item.Text(name)] = read(item);
        }

        return items;
    }

    public static JsonElement Inner(this JsonElement element, string name) => Property(element, name);

    /// <summary>A place of a list, such as a candle's open price.</summary>
    public static decimal NumberAt(this JsonElement element, int index) =>
        element.ValueKind == JsonValueKind.Array && index < element.GetArrayLength() && TryNumber(element[index], out var value)
            ? value
            : throw new WireFormatException($"place {index} must be a number in {Shown(element)}");

    public static long WholeAt(this JsonElement element, int index) =>
        element.ValueKind == JsonValueKind.Array && index < element.GetArrayLength() && TryWhole(element[index], out var value)
            ? value
            : throw new WireFormatException($"place {index} must be a whole number in {Shown(element)}");

    private static JsonElement Property(JsonElement element, string name) =>
        TryProperty(element, name, out var property) ? property : throw Bad(element, name, "there");

    private static bool TryProperty(JsonElement element, string name, out JsonElement property)
    {
        property = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out property);
    }

    /// <summary>Without superfluous zeros: a journal keeps amounts that way, and words made of what it gives back must be the words that were made of this.</summary>
    private static bool TryNumber(JsonElement property, out decimal value)
    {
        value = 0;
        if (property.ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
        {
            return false;
        }

        // Nobody escapes digits; who does is understood all the same.
        var digits = JsonMarshal.GetRawUtf8Value(property).Trim((byte)'"');
        digits = digits.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(property.GetString()!) : digits;
        if (!decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        // Only a fraction that ends in a zero has one too many, or a number with an exponent.
        if (value.Scale > 0 && (digits[^1] == (byte)'0' || digits.IndexOfAny((byte)'e', (byte)'E') >= 0))
        {
            value /= One;
        }

        return true;
    }

    private static bool TryWhole(JsonElement property, out long value)
    {
        value = 0;
        return property.ValueKind switch
        {
            JsonValueKind.Number => property.TryGetInt64(out value),
            JsonValueKind.String => long.TryParse(property.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
    }

    private static WireFormatException Bad(JsonElement element, string name, string wanted) => new($"'{name}' must be {wanted} in {Shown(element)}");

    private static string Shown(JsonElement element)
    {
        const int Most = 200;
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            return "nothing";
        }

        var text = element.GetRawText();
        return text.Length <= Most ? text : text[..Most] + "…";
    }
}
