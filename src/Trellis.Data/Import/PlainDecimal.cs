namespace Trellis.Data.Import;

/// <summary>A number as digits and a count of decimals: <c>Digits × 10^-Decimals</c>, without superfluous zeros at the end.</summary>
internal readonly record struct PlainDecimal(ulong Digits, int Decimals, bool Negative)
{
    private const int MostDigits = 19;

    /// <summary>Reads <c>[-]digits[.digits]</c>; no exponent, no sign but minus, no blanks.</summary>
    /// <returns>False where the text is anything else or has more than 19 significant digits.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out PlainDecimal value)
    {
        value = default;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative)
        {
            text = text[1..];
        }

        ulong digits = 0;
        var significant = 0;
        var point = -1;
        var pendingZeros = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                if (text[i] != '.' || point >= 0 || i == 0 || i == text.Length - 1)
                {
                    return false;
                }

                point = i;
            }
            else if (digit == 0 && point >= 0)
            {
                // A zero behind the point counts only once another digit follows it.
                pendingZeros++;
            }
            else
            {
                for (; pendingZeros > 0; pendingZeros--)
                {
                    digits *= 10;
                    significant += significant > 0 ? 1 : 0;
                    if (significant > MostDigits)
                    {
                        return false;
                    }
                }

                digits = (digits * 10) + digit;
                significant += significant > 0 || digit > 0 ? 1 : 0;
                if (significant > MostDigits)
                {
                    return false;
                }
            }
        }

        var decimals = point < 0 ? 0 : text.Length - point - 1 - pendingZeros;
        value = new PlainDecimal(digits, decimals, negative && digits > 0);
        return text.Length > 0;
    }
}
