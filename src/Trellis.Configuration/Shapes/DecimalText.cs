using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Trellis.Configuration.Shapes;

/// <summary>Reads a number exactly: what a decimal can't hold is refused, never rounded.</summary>
internal static partial class DecimalText
{
    private const int LargestExponent = 100;
    private const int LongestDigits = 200;
    private const int LargestScale = 28;

    private static readonly BigInteger LargestMantissa = (BigInteger.One << 96) - 1;

    /// <param name="text">Digits with an optional sign, point and exponent: <c>50000</c>, <c>-0.5</c>, <c>.5</c>, <c>5e4</c>.</param>
    /// <param name="value">The number.</param>
    /// <param name="rule">What is wrong, as words that follow the text.</param>
    public static bool TryParse(string text, out decimal value, out string rule)
    {
        value = 0;
        rule = "";
        var match = Form().Match(text);
        if (!match.Success)
        {
            rule = text.Contains('_', StringComparison.Ordinal) || text.Contains(',', StringComparison.Ordinal) || text.Contains(' ', StringComparison.Ordinal)
                ? "is not a number: write it without separators, with a point before the decimals"
                : "is not a number";
            return false;
        }

        var (whole, fraction) = (match.Groups["whole"].Value, match.Groups["fraction"].Value);
        if (whole.Length > 1 && whole[0] == '0')
        {
            rule = "has a leading zero";
            return false;
        }

        if (whole.Length + fraction.Length > LongestDigits || match.Groups["exponent"].ValueSpan.TrimStart("+-0").Length > 3)
        {
            rule = "has more digits than can be kept exactly (28)";
            return false;
        }

        var exponent = match.Groups["exponent"].Success ? int.Parse(match.Groups["exponent"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return TryCompose(BigInteger.Parse("0" + whole + fraction, CultureInfo.InvariantCulture), exponent - fraction.Length, text[0] == '-', out value, out rule);
    }

    public static string Write(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool TryCompose(BigInteger mantissa, int exponent, bool negative, out decimal value, out string rule)
    {
        value = 0;
        rule = "has more digits than can be kept exactly (28)";
        if (mantissa.IsZero)
        {
            return true;
        }

        if (Math.Abs(exponent) > LargestExponent + LongestDigits)
        {
            return false;
        }

        while (exponent < 0 && (-exponent > LargestScale || mantissa > LargestMantissa) && mantissa % 10 == 0)
        {
            (mantissa, exponent) = (mantissa / 10, exponent + 1);
        }

        if (exponent > 0)
        {
            (mantissa, exponent) = (mantissa * BigInteger.Pow(10, exponent), 0);
        }

        if (mantissa > LargestMantissa)
        {
            rule = exponent == 0 ? $"is too large; the largest number is {decimal.MaxValue.ToString(CultureInfo.InvariantCulture)}" : rule;
            return false;
        }

        if (-exponent > LargestScale)
        {
            return false;
        }

        var low = (uint)(mantissa & uint.MaxValue);
        var middle = (uint)((mantissa >> 32) & uint.MaxValue);
        var high = (uint)(mantissa >> 64);
        value = new decimal((int)low, (int)middle, (int)high, negative, (byte)-exponent);
        return true;
    }

    [GeneratedRegex(@"\A[-+]?(?=\.?[0-9])(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?([eE](?<exponent>[-+]?[0-9]+))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
