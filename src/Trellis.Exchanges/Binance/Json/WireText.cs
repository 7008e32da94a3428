using System.Text.Unicode;

namespace Trellis.Exchanges.Binance.Json;

/// <summary>Whether bytes can become text at all.</summary>
internal static class WireText
{
    /// <summary>
    /// UTF-8 without escaped surrogates: half of such a pair is JSON to a parser and no text to whoever reads it, and Binance has no use for whole ones.
    /// </summary>
    public static bool IsReadable(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) && !HasSurrogate(bytes, "\\ud"u8) && !HasSurrogate(bytes, "\\uD"u8);

    private static bool HasSurrogate(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> start)
    {
        for (var at = bytes.IndexOf(start); at >= 0; at = bytes.IndexOf(start))
        {
            bytes = bytes[(at + start.Length)..];
            if (bytes.IsEmpty || bytes[0] is not (>= (byte)'0' and <= (byte)'7'))
            {
                return true;
            }
        }

        return false;
    }
}
