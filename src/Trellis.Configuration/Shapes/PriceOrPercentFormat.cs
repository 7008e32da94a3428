using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Trellis.Configuration.Tree;
using Trellis.Core.Options;

namespace Trellis.Configuration.Shapes;

/// <summary>A price is a number, a percentage is text that ends in %.</summary>
internal sealed class PriceOrPercentFormat : IScalarFormat
{
    public string Expected => "a price above 0, such as 52000, or a percentage above 0, such as \"12%\"";

    public bool TryRead(ScalarNode node, [NotNullWhen(true)] out object? value, out Complaint complaint)
    {
        value = null;
        var percent = Scalars.IsText(node) && node.Text.EndsWith('%');
        var number = percent ? node.Text[..^1].TrimEnd(' ') : node.Text;
        if (!DecimalText.TryParse(number, out var parsed, out var rule))
        {
            complaint = new Complaint(rule.StartsWith("is not a number", StringComparison.Ordinal) ? "is neither a price nor a percentage" : rule, Expected);
            return false;
        }

        if (!percent && !Scalars.IsNumber(node))
        {
            complaint = new Complaint("is text, since it stands in quotes", Expected);
            return false;
        }

        complaint = new Complaint("is not above 0", Expected);
        value = percent ? PriceOrPercent.OfInvestment(parsed) : PriceOrPercent.AtPrice(parsed);
        return parsed > 0;
    }

    public ScalarNode Write(object value) => (PriceOrPercent)value is { Price: { } price }
        ? Scalars.Number(DecimalText.Write(price))
        : Scalars.Text(((PriceOrPercent)value).ToString());

    public void Describe(JsonObject schema) => schema["anyOf"] = new JsonArray(
        new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0 },
        new JsonObject { ["type"] = "string", ["pattern"] = @"^[+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)? *%$" });
}
