using System.Runtime.CompilerServices;
using Trellis.Data.Format;

namespace Trellis.Data.Import;

/// <summary>
/// The quick way through rows that break no rule and need no finer unit. Whatever is unusual is refused here and
/// judged by <see cref="CandleCsv"/>, which alone knows the rules' words.
/// </summary>
internal static class FastRow
{
    private const int MostDigits = 18;

    public static bool TryParse(ReadOnlySpan<byte> row, CandleRows rows, int furtherColumns, out CandleRow candle)
    {
        candle = default;
        var at = 0;
        if (!Number(row, ref at, out var time, out var decimals) || decimals != 0
            || !Price(row, ref at, rows.PriceDecimals, out var open)
            || !Price(row, ref at, rows.PriceDecimals, out var high)
            || !Price(row, ref at, rows.PriceDecimals, out var low)
            || !Price(row, ref at, rows.PriceDecimals, out var close)
            || !Number(row, ref at, out var volume, out decimals) || decimals > rows.VolumeDecimals)
        {
            return false;
        }

        var factor = PowersOfTen.Of(rows.VolumeDecimals - decimals);
        if (factor > 1)
        {
            if (volume > long.MaxValue / factor)
            {
                return false;
            }

            volume *= factor;
        }

        candle = new CandleRow(time, open, high, low, close, volume);
        return low <= Math.Min(open, close) && high >= Math.Max(open, close)
            && (furtherColumns == 0 ? at == row.Length + 1 : at <= row.Length && row[at..].Count((byte)',') == furtherColumns - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Price(ReadOnlySpan<byte> row, ref int at, int unit, out int price)
    {
        price = 0;
        if (!Number(row, ref at, out var digits, out var decimals) || decimals > unit || digits is 0 or >= int.MaxValue)
        {
            return false;
        }

        var scaled = digits * PowersOfTen.Of(unit - decimals);
        price = (int)scaled;
        return scaled < int.MaxValue;
    }

    /// <summary>Reads a number and steps behind the comma (or the end) that follows it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Number(ReadOnlySpan<byte> row, ref int at, out long digits, out int decimals)
    {
        var start = at;
        var i = start;
        var value = 0L;
        decimals = 0;
        uint digit;
        while ((uint)i < (uint)row.Length && (digit = (uint)(row[i] - '0')) <= 9)
        {
            value = (value * 10) + digit;
            i++;
        }

        var count = i - start;
        if (count > 0 && (uint)i < (uint)row.Length && row[i] == '.')
        {
            var fraction = ++i;
            while ((uint)i < (uint)row.Length && (digit = (uint)(row[i] - '0')) <= 9)
            {
                value = (value * 10) + digit;
                i++;
            }

            decimals = i - fraction;
            count = decimals == 0 ? 0 : count + decimals;
            if (count <= MostDigits)
            {
                while (decimals > 0 && value % 10 == 0)
                {
                    value /= 10;
                    decimals--;
                }
            }
        }

        digits = value;
        at = i + 1;
        return count is > 0 and <= MostDigits && (i == row.Length || row[i] == ',');
    }
}
