namespace Trellis.Core.Numerics;

/// <summary>
/// Decimals as whole numbers of 10^-n, and back, without the division that decimals would do: exact, or not at all. Prices, quantities and amounts are
/// short numbers, and these conversions are what a trading loop does most.
/// </summary>
internal static class DecimalUnits
{
    private const int MostDigits = 19;

    private static ReadOnlySpan<ulong> Powers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ];

    /// <summary>units ÷ 10^decimals, to the bit as a decimal divides it: without trailing zeros.</summary>
    /// <param name="decimals">0 to 28.</param>
    public static decimal ToDecimal(long units, int decimals)
    {
        var magnitude = units < 0 ? 0UL - (ulong)units : (ulong)units;
        while (decimals > 0)
        {
            var (quotient, rest) = Math.DivRem(magnitude, 10UL);
            if (rest != 0)
            {
                break;
            }

            magnitude = quotient;
            decimals--;
        }

        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, units < 0, (byte)decimals);
    }

    /// <summary>value × 10^decimals, where it is a whole number of at most 62 bits; false also where only a longer calculation could tell.</summary>
    /// <param name="decimals">0 to 19.</param>
    public static bool TryUnits(decimal value, int decimals, out long units)
    {
        units = 0;
        if (!TryParts(value, out var magnitude, out var scale))
        {
            return false;
        }

        if (scale > decimals)
        {
            if (scale - decimals > MostDigits)
            {
                return false;
            }

            var (quotient, rest) = Math.DivRem(magnitude, Powers[scale - decimals]);
            if (rest != 0)
            {
                return false;
            }

            magnitude = quotient;
        }
        else if (Math.BigMul(magnitude, Powers[decimals - scale], out magnitude) != 0)
        {
            return false;
        }

        if (magnitude >= 1UL << 62)
        {
            return false;
        }

        units = value < 0 ? -(long)magnitude : (long)magnitude;
        return true;
    }

    /// <summary>value × 10^decimals, what lies behind the point left out; false below 0, beyond 62 bits, and where only a longer calculation could tell.</summary>
    /// <param name="decimals">0 to 19.</param>
    public static bool TryFloor(decimal value, int decimals, out long units)
    {
        units = 0;
        if (value < 0 || !TryParts(value, out var magnitude, out var scale) || scale - decimals > MostDigits)
        {
            return false;
        }

        if (scale > decimals)
        {
            magnitude /= Powers[scale - decimals];
        }
        else if (Math.BigMul(magnitude, Powers[decimals - scale], out magnitude) != 0)
        {
            return false;
        }

        units = (long)magnitude;
        return magnitude < 1UL << 62;
    }

    /// <summary>a × b × c, half to even at a decimal and written with as many; false where only a longer calculation could tell.</summary>
    public static bool TryProduct(decimal a, decimal b, decimal c, int decimals, out decimal product)
    {
        product = 0m;
        if (!TryParts(a, out var first, out var scale) || !TryParts(b, out var second, out var secondScale) || !TryParts(c, out var third, out var thirdScale))
        {
            return false;
        }

        if (Math.BigMul(first, second, out var both) != 0)
        {
            return false;
        }

        var high = Math.BigMul(both, third, out var low);
        scale += secondScale + thirdScale;
        var isNegative = (a < 0) ^ (b < 0) ^ (c < 0);
        if (scale <= decimals)
        {
            return high == 0 && decimals - scale <= MostDigits && TryWrite(low, Powers[decimals - scale], decimals, isNegative, out product);
        }

        return scale - decimals <= MostDigits - 1 && TryDivide(new UInt128(high, low), Powers[scale - decimals], decimals, isNegative, out product);
    }

    /// <summary>value × part ÷ whole, half to even at a decimal and written with as many; false where only a longer calculation could tell.</summary>
    /// <param name="whole">Not 0.</param>
    public static bool TryShare(decimal value, decimal part, decimal whole, int decimals, out decimal share)
    {
        share = 0m;
        if (!TryParts(value, out var first, out var scale) || !TryParts(part, out var second, out var partScale) || !TryParts(whole, out var divisor, out var wholeScale))
        {
            return false;
        }

        if (Math.BigMul(first, second, out var both) != 0)
        {
            return false;
        }

        var isNegative = (value < 0) ^ (part < 0) ^ (whole < 0);
        var shift = decimals + wholeScale - scale - partScale;
        if (shift < 0)
        {
            return shift >= -MostDigits
                && Math.BigMul(divisor, Powers[-shift], out divisor) == 0
                && divisor < 1UL << 63
                && TryDivide(both, divisor, decimals, isNegative, out share);
        }

        if (shift > MostDigits || divisor >= 1UL << 63)
        {
            return false;
        }

        var high = Math.BigMul(both, Powers[shift], out var low);
        return TryDivide(new UInt128(high, low), divisor, decimals, isNegative, out share);
    }

    /// <summary>Size of the number without its point, and where the point is; false for numbers of more than 64 bits.</summary>
    private static bool TryParts(decimal value, out ulong magnitude, out int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        magnitude = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        scale = (bits[3] >> 16) & 0xFF;
        return bits[2] == 0;
    }

    private static bool TryWrite(ulong magnitude, ulong factor, int decimals, bool isNegative, out decimal value)
    {
        var high = Math.BigMul(magnitude, factor, out var low);
        var fits = high <= uint.MaxValue;
        value = fits ? new decimal((int)low, (int)(low >> 32), (int)high, isNegative && (high | low) != 0, (byte)decimals) : 0m;
        return fits;
    }

    private static bool TryDivide(UInt128 magnitude, ulong divisor, int decimals, bool isNegative, out decimal value)
    {
        value = 0m;
        if (magnitude >> 64 >= divisor)
        {
            return false;
        }

        ulong quotient, rest;
        if (magnitude >> 64 == 0)
        {
            (quotient, rest) = Math.DivRem((ulong)magnitude, divisor);
        }
        else
        {
            quotient = (ulong)(magnitude / divisor);
            rest = (ulong)magnitude - (quotient * divisor);
        }

        // A quotient of 64 ones would not survive being rounded up.
        if (quotient == ulong.MaxValue)
        {
            return false;
        }

        var twice = rest << 1;
        if (twice > divisor || (twice == divisor && (quotient & 1) == 1))
        {
            quotient++;
        }

        value = new decimal((int)quotient, (int)(quotient >> 32), 0, isNegative && quotient != 0, (byte)decimals);
        return true;
    }
}
