namespace Trellis.Data.Generation;

/// <summary>A tick size as an integer × 10^-decimals, without superfluous zeros.</summary>
internal readonly record struct Units(long Digits, int Decimals)
{
    public static Units PriceOf(decimal tickSize)
    {
        var decimals = 0;
        while (decimals < 9 && decimal.Truncate(tickSize) != tickSize)
        {
            tickSize *= 10;
            decimals++;
        }

        return new Units(tickSize > long.MaxValue ? long.MaxValue : (long)tickSize, decimals);
    }
}
