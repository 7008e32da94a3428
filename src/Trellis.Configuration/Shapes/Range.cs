using System.Globalization;
using Trellis.Core.Options;

namespace Trellis.Configuration.Shapes;

/// <summary>The bounds of a number; each may be missing.</summary>
internal sealed record Range(decimal? Above, decimal? AtLeast, decimal? AtMost, decimal? Below)
{
    public static Range? Of(BoundsAttribute? bounds) => bounds is null
        ? null
        : new Range(Parse(bounds.Above), Parse(bounds.AtLeast), Parse(bounds.AtMost), Parse(bounds.Below));

    /// <summary>The first bound that the value breaks, as words that follow the value; null where it keeps all.</summary>
    public string? Broken(decimal value)
    {
        if (value <= Above)
        {
            return $"is not above {DecimalText.Write(Above.Value)}";
        }

        if (value < AtLeast)
        {
            return $"is below {DecimalText.Write(AtLeast.Value)}";
        }

        if (value > AtMost)
        {
            return $"is above {DecimalText.Write(AtMost.Value)}";
        }

        return value >= Below ? $"is not below {DecimalText.Write(Below.Value)}" : null;
    }

    /// <summary>Such as <c>from 1 to 1000</c> or <c>above 0 and at most 50</c>.</summary>
    public override string ToString()
    {
        if (AtLeast is { } least && AtMost is { } most)
        {
            return $"from {DecimalText.Write(least)} to {DecimalText.Write(most)}";
        }

        (string Word, decimal? Bound)[] bounds = [("above", Above), ("at least", AtLeast), ("at most", AtMost), ("below", Below)];
        return string.Join(" and ", bounds.Where(bound => bound.Bound is not null).Select(bound => $"{bound.Word} {DecimalText.Write(bound.Bound!.Value)}"));
    }

    private static decimal? Parse(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
