using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trellis.Engine.Journal;

/// <summary>Writes decimals without superfluous zeros, so that equal amounts give equal text: 1.0 and 1.00 are 1.</summary>
internal sealed class CanonicalDecimal : JsonConverter<decimal>
{
    /// <summary>1 with the most decimals there are: dividing by it strips zeros.</summary>
    private const decimal One = 1.0000000000000000000000000000m;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[32];
        (value / One).TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
