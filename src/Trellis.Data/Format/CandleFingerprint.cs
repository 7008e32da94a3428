using System.Buffers.Text;
using System.Security.Cryptography;
using Trellis.Core.Markets;

namespace Trellis.Data.Format;

/// <summary>
/// SHA-256 over the candles' canonical text: a line <c>open_time_ms,open,high,low,close,volume</c> and a line feed for
/// each candle that is not a hole, numbers without superfluous zeros (1.0 is written 1). So it depends on the
/// candles alone, not on the unit they are stored in, their source or their instrument's name.
/// </summary>
public static class CandleFingerprint
{
    private const int BufferBytes = 1 << 16;
    private const int LongestLine = 160;

    /// <returns>64 lower case hex digits.</returns>
    public static string Compute(CandleSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        var open = series.Open.Span;
        var high = series.High.Span;
        var low = series.Low.Span;
        var close = series.Close.Span;
        var volume = series.Volume.Span;
        var used = 0;
        for (var i = 0; i < open.Length; i++)
        {
            if (low[i] > high[i])
            {
                continue;
            }

            if (used > BufferBytes - LongestLine)
            {
                hash.AppendData(buffer.AsSpan(0, used));
                used = 0;
            }

            Utf8Formatter.TryFormat(series.TimeOf(i), buffer.AsSpan(used), out var written);
            used += written;
            used = WriteNumber(buffer, used, open[i], series.PriceDecimals);
            used = WriteNumber(buffer, used, high[i], series.PriceDecimals);
            used = WriteNumber(buffer, used, low[i], series.PriceDecimals);
            used = WriteNumber(buffer, used, close[i], series.PriceDecimals);
            used = WriteNumber(buffer, used, volume[i], series.VolumeDecimals);
            buffer[used++] = (byte)'\n';
        }

        hash.AppendData(buffer.AsSpan(0, used));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int WriteNumber(byte[] buffer, int used, long value, int decimals)
    {
        buffer[used++] = (byte)',';
        if (value < 0)
        {
            // Only a damaged file has one; it is hashed, not crashed on.
            buffer[used++] = (byte)'-';
        }

        var (whole, fraction) = Math.DivRem(value < 0 ? (ulong)-value : (ulong)value, (ulong)PowersOfTen.Of(decimals));
        used += WriteDigits(buffer.AsSpan(used), whole, CountDigits(whole));
        if (fraction == 0)
        {
            return used;
        }

        while (fraction % 10 == 0)
        {
            fraction /= 10;
            decimals--;
        }

        buffer[used++] = (byte)'.';
        return used + WriteDigits(buffer.AsSpan(used), fraction, decimals);
    }

    /// <summary>Writes a number into exactly <paramref name="count"/> digits, with leading zeros where it has fewer.</summary>
    private static int WriteDigits(Span<byte> target, ulong value, int count)
    {
        var at = count;
        while (value > uint.MaxValue)
        {
            var quotient = value / 10;
            target[--at] = (byte)('0' + (value - (quotient * 10)));
            value = quotient;
        }

        var small = (uint)value;
        while (at > 0)
        {
            var quotient = small / 10;
            target[--at] = (byte)('0' + (small - (quotient * 10)));
            small = quotient;
        }

        return count;
    }

    private static int CountDigits(ulong value)
    {
        var count = 1;
        while (count <= 18 && value >= (ulong)PowersOfTen.Of(count))
        {
            count++;
        }

        return count;
    }
}
