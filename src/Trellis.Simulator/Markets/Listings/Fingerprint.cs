using Trellis.Core.Markets;
using Trellis.Data.Trades;

namespace Trellis.Simulator.Markets.Listings;

/// <summary>A short number that tells data apart; equal data give equal numbers on every machine. Not meant against forgery.</summary>
internal static class Fingerprint
{
    private const ulong Prime = 1_099_511_628_211UL;

    public static ulong Of(CandleSeries series)
    {
        var hash = Prime;
        foreach (var column in (ReadOnlyMemory<int>[])[series.Open, series.High, series.Low, series.Close])
        {
            foreach (var value in column.Span)
            {
                hash = Mix(hash, unchecked((ulong)value));
            }
        }

        foreach (var value in series.Volume.Span)
        {
            hash = Mix(hash, unchecked((ulong)value));
        }

        return hash;
    }

    public static ulong Of(IReadOnlyList<RecordedTrade> trades)
    {
        var hash = Prime;
        Span<int> bits = stackalloc int[4];
        foreach (var trade in trades)
        {
            hash = Mix(hash, unchecked((ulong)trade.Time));
            foreach (var amount in (ReadOnlySpan<decimal>)[trade.Price, trade.Quantity])
            {
                decimal.GetBits(amount, bits);
                hash = Mix(Mix(hash, unchecked((uint)bits[0])), unchecked((uint)bits[3]));
            }
        }

        return hash;
    }

    private static ulong Mix(ulong hash, ulong value) => unchecked(((hash ^ value) * Prime) ^ (hash >> 29));
}
