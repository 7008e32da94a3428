using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Configuration.Tree;
using Trellis.Core.Markets;

namespace Trellis.Configuration.Shapes;

/// <summary>An ISO 8601 date or date-time; UTC where no offset is written.</summary>
internal sealed class InstantFormat : IScalarFormat
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    public string Expected => "a date or a date and time in UTC, such as 2024-01-31 or 2024-01-31T12:00:00Z";

    public bool TryRead(ScalarNode node, [NotNullWhen(true)] out object? value, out Complaint complaint)
    {
        complaint = default;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (Scalars.IsText(node) && DateTimeOffset.TryParseExact(node.Text, Forms, CultureInfo.InvariantCulture, utc, out var instant))
        {
            value = instant;
            return true;
        }

        value = null;
        complaint = new Complaint("is not a date", Expected);
        return false;
    }

    public ScalarNode Write(object value)
    {
        var instant = ((DateTimeOffset)value).ToUniversalTime();
        return Scalars.Text(instant.ToString(instant.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }

    public void Describe(JsonObject schema)
    {
        schema["type"] = "string";
        schema["pattern"] = @"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?)?$";
    }
}

internal sealed class IntervalFormat : IScalarFormat
{
    public string Expected => Interval.Allowed;

    public bool TryRead(ScalarNode node, [NotNullWhen(true)] out object? value, out Complaint complaint)
    {
        complaint = default;
        if (Scalars.IsText(node) && Interval.TryParse(node.Text, out var interval))
        {
            value = interval;
            return true;
        }

        value = null;
        complaint = new Complaint("is not an interval", Expected);
        return false;
    }

    public ScalarNode Write(object value) => Scalars.Text(((Interval)value).ToString());

    public void Describe(JsonObject schema)
    {
        schema["type"] = "string";
        schema["enum"] = new JsonArray([.. Interval.Allowed.Split(", ").Select(name => (JsonNode)name)]);
    }
}
