using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Shapes;

internal sealed class DecimalFormat : IScalarFormat
{
    public string Expected => "a number";

    public bool TryRead(ScalarNode node, [NotNullWhen(true)] out object? value, out Complaint complaint)
    {
        value = null;
        if (!TryReadNumber(node, Expected, out var number, out complaint))
        {
            return false;
        }

        value = number;
        return true;
    }

    public ScalarNode Write(object value) => Scalars.Number(DecimalText.Write((decimal)value));

    public void Describe(JsonObject schema) => schema["type"] = "number";

    internal static bool TryReadNumber(ScalarNode node, string expected, out decimal number, out Complaint complaint)
    {
        complaint = default;
        var valid = DecimalText.TryParse(node.Text, out number, out var rule);
        if (valid && Scalars.IsNumber(node))
        {
            return true;
        }

        complaint = valid
            ? new Complaint("is text, since it stands in quotes", $"{expected}, without quotes")
            : new Complaint(rule, expected);
        return false;
    }
}

/// <summary>A whole number: int or long.</summary>
internal sealed class WholeFormat(Type type) : IScalarFormat
{
    private readonly decimal least = type == typeof(int) ? int.MinValue : long.MinValue;
    private readonly decimal most = type == typeof(int) ? int.MaxValue : long.MaxValue;

    public string Expected => "a whole number";

    public bool TryRead(ScalarNode node, [NotNullWhen(true)] out object? value, out Complaint complaint)
    {
        value = null;
        if (!DecimalFormat.TryReadNumber(node, Expected, out var number, out complaint))
        {
            return false;
        }

        if (number != decimal.Truncate(number))
        {
            complaint = new Complaint("is not a whole number");
            return false;
        }

        if (number < least || number > most)
        {
            complaint = new Complaint(number < least ? "is too small" : "is too large", $"{DecimalText.Write(least)} to {DecimalText.Write(most)}") { IsRangeOfType = true };
            return false;
        }

        value = type == typeof(int) ? (int)number : (object)(long)number;
        return true;
    }

    public ScalarNode Write(object value) => Scalars.Number(Convert.ToString(value, CultureInfo.InvariantCulture)!);

    public void Describe(JsonObject schema) => schema["type"] = "integer";
}
