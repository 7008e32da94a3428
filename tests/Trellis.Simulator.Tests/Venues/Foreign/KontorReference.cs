using System.Globalization;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>Kontor's names of orders: 32 capital letters and digits, which say nothing of when an order came.</summary>
internal static class KontorReference
{
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private const int Half = 16;

    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"{Scramble((ulong)id):X16}{Check((ulong)id):X16}");

    /// <summary>The number behind a name; 0 where the name is none of Kontor's.</summary>
    public static long Parse(string reference) =>
        reference.Length == 2 * Half
        && ulong.TryParse(reference.AsSpan(0, Half), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var scrambled)
        && Unscramble(scrambled) is var id and > 0
        && Of(id) == reference
            ? id
            : 0;

    private static ulong Scramble(ulong id) => unchecked(id * Odd) ^ Odd;

    private static long Unscramble(ulong scrambled) => unchecked((long)((scrambled ^ Odd) * Inverse(Odd)));

    private static ulong Check(ulong id) => unchecked((id ^ 0xD1B54A32D192ED03) * 0xA24BAED4963EE407);

    /// <summary>Newton's way to the inverse of an odd number, modulo 2^64.</summary>
    private static ulong Inverse(ulong odd)
    {
        var inverse = odd;
        for (var i = 0; i < 6; i++)
        {
            inverse = unchecked(inverse * (2 - (odd * inverse)));
        }

        return inverse;
    }
}
