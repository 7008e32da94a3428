using System.Globalization;

namespace Trellis.Core.Options;

/// <summary>A level given as a price (<c>52000</c>) or as a share (<c>"12%"</c>); exactly one of the two is set.</summary>
public readonly record struct PriceOrPercent
{
    private PriceOrPercent(decimal? price, decimal? percent) => (Price, Percent) = (price, percent);

    /// <summary>In quote currency, above 0.</summary>
    public decimal? Price { get; }

    /// <summary>12 means 12 %; above 0.</summary>
    public decimal? Percent { get; }

    public static PriceOrPercent AtPrice(decimal price) => new(price, null);

    public static PriceOrPercent OfInvestment(decimal percent) => new(null, percent);

    public static bool TryParse(string text, out PriceOrPercent value)
    {
        var percent = text.EndsWith('%');
        var number = percent ? text[..^1].TrimEnd() : text;
        if (!decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed) || parsed <= 0)
        {
            value = default;
            return false;
        }

        value = percent ? OfInvestment(parsed) : AtPrice(parsed);
        return true;
    }

    public override string ToString() => Price is { } price
        ? price.ToString(CultureInfo.InvariantCulture)
        : $"{Percent?.ToString(CultureInfo.InvariantCulture)}%";
}
