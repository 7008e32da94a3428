namespace Trellis.Exchanges.Binance.Streams;

/// <summary>A best bid and ask, read from the bytes of a bookTicker message without allocating.</summary>
internal readonly ref struct QuoteFrame
{
    private const int LongestNumber = 18;

    private QuoteFrame(ReadOnlySpan<byte> symbol, decimal bid, decimal ask, long time)
    {
        Symbol = symbol;
        Bid = bid;
        Ask = ask;
        Time = time;
    }

    /// <summary>The bytes of its name.</summary>
    public ReadOnlySpan<byte> Symbol { get; }

    public decimal Bid { get; }

    public decimal Ask { get; }

    /// <summary>When the exchange sent it, Unix milliseconds.</summary>
    public long Time { get; }

    /// <summary>
    /// Reads <c>{"e":"bookTicker","E":…,"s":"…","b":"…","a":"…",…}</c>, alone or as the <c>data</c> of a combined stream.
    /// </summary>
    /// <returns>False where it is anything else, well-formed or not.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out QuoteFrame quote)
    {
        quote = default;
        var symbol = ReadOnlySpan<byte>.Empty;
        var isQuote = false;
        decimal bid = -1, ask = -1;
        var time = -1L;
        var depth = 0;
        var place = 0;
        while (true)
        {
            // An object begins; objects hold texts, numbers, and at most one object, the data.
            if (!Take(frame, ref place, (byte)'{'))
            {
                return false;
            }

            depth++;
            while (true)
            {
                if (!TakeText(frame, ref place, out var key) || !Take(frame, ref place, (byte)':') || place >= frame.Length)
                {
                    return false;
                }

                if (frame[place] == '{')
                {
                    if (depth > 1 || !key.SequenceEqual("data"u8))
                    {
                        return false;
                    }

                    break;
                }

                if (!TakeValue(frame, ref place, out var value))
                {
                    return false;
                }

                if (key.Length == 1)
                {
                    switch (key[0])
                    {
                        case (byte)'e':
                            isQuote = value.SequenceEqual("bookTicker"u8);
                            break;
                        case (byte)'s':
                            symbol = value;
                            break;
                        case (byte)'b' when !TryNumber(value, out bid):
                        case (byte)'a' when !TryNumber(value, out ask):
                        case (byte)'E' when !TryWhole(value, out time):
                            return false;
                        default:
                            break;
                    }
                }

                if (Take(frame, ref place, (byte)','))
                {
                    continue;
                }

                return Ends(frame, place, depth) && isQuote && !symbol.IsEmpty && bid >= 0 && ask >= 0 && time >= 0 && Told(symbol, bid, ask, time, out quote);
            }
        }
    }

    private static bool Told(ReadOnlySpan<byte> symbol, decimal bid, decimal ask, long time, out QuoteFrame quote)
    {
        quote = new QuoteFrame(symbol, bid, ask, time);
        return true;
    }

    /// <summary>Every object that was begun ends, and nothing follows.</summary>
    private static bool Ends(ReadOnlySpan<byte> frame, int place, int depth)
    {
        for (; depth > 0; depth--)
        {
            if (!Take(frame, ref place, (byte)'}'))
            {
                return false;
            }
        }

        return place == frame.Length;
    }

    private static bool Take(ReadOnlySpan<byte> frame, ref int place, byte sign)
    {
        SkipBlanks(frame, ref place);
        if (place >= frame.Length || frame[place] != sign)
        {
            return false;
        }

        place++;
        SkipBlanks(frame, ref place);
        return true;
    }

    private static void SkipBlanks(ReadOnlySpan<byte> frame, ref int place)
    {
        while (place < frame.Length && frame[place] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            place++;
        }
    }

    private static bool TakeText(ReadOnlySpan<byte> frame, scoped ref int place, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (place >= frame.Length || frame[place] != '"')
        {
            return false;
        }

        var rest = frame[(place + 1)..];
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || rest[end] == '\\')
        {
            return false;
        }

        text = rest[..end];
        place += end + 2;
        return true;
    }

    private static bool TakeValue(ReadOnlySpan<byte> frame, scoped ref int place, out ReadOnlySpan<byte> value)
    {
        if (frame[place] == '"')
        {
            return TakeText(frame, ref place, out value);
        }

        var rest = frame[place..];
        var end = 0;
        while (end < rest.Length && rest[end] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.')
        {
            end++;
        }

        value = rest[..end];
        place += end;
        return end > 0;
    }

    private static bool TryWhole(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return digits.Length is > 0 and <= LongestNumber;
    }

    /// <summary>Digits with at most one point, not below 0.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> digits, out decimal value)
    {
        value = -1;
        var units = 0L;
        var decimals = -1;
        if (digits.Length is 0 or > LongestNumber)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (digit is >= (byte)'0' and <= (byte)'9')
            {
                units = (units * 10) + (digit - '0');
                decimals += decimals >= 0 ? 1 : 0;
            }
            else if (digit == '.' && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return false;
            }
        }

        if (digits.Length == 1 && decimals == 0)
        {
            return false;
        }

        value = new decimal((int)units, (int)(units >> 32), 0, isNegative: false, (byte)Math.Max(0, decimals));
        return true;
    }
}
