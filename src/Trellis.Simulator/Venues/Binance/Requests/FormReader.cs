using System.Buffers;
using System.Text;
using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Requests;

/// <summary>Takes a query string or a form body apart, and finds where its signature stands.</summary>
internal static class FormReader
{
    private const int MostParameters = 200;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Adds the parameters of one part of a request.</summary>
    /// <param name="text">The part as it was sent.</param>
    /// <returns>How much of the part was signed: all of it, or what stands before its signature.</returns>
    /// <exception cref="RequestRefusedException">Bytes that are no UTF-8, a parameter twice, too many of them, or something behind the signature.</exception>
    public static int Read(ReadOnlySpan<byte> text, Parameters parameters)
    {
        var signed = text.Length;
        var first = parameters.Count;
        var at = 0;
        while (at < text.Length)
        {
            var length = text[at..].IndexOf((byte)'&');
            var end = length < 0 ? text.Length : at + length;
            var pair = text[at..end];
            if (!pair.IsEmpty)
            {
                if (signed != text.Length)
                {
                    throw new RequestRefusedException(RequestErrors.Signature);
                }

                var name = Add(pair, parameters, first);
                if (name == Parameters.Signature)
                {
                    signed = Math.Max(0, at - 1);
                }
            }

            at = end + 1;
        }

        return signed;
    }

    private static string Add(ReadOnlySpan<byte> pair, Parameters parameters, int first)
    {
        var equals = pair.IndexOf((byte)'=');
        var name = Decode(equals < 0 ? pair : pair[..equals]);
        var value = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
        if (parameters.Count - first >= MostParameters)
        {
            throw new RequestRefusedException(RequestErrors.TooManyParameters);
        }

        if (!parameters.TryAdd(name, value, first))
        {
            throw new RequestRefusedException(RequestErrors.DuplicateParameter);
        }

        return name;
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return ToText(text);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var length = 0;
            for (var i = 0; i < text.Length; i++)
            {
                var value = text[i];
                if (value == '%' && i + 2 < text.Length && TryHex(text[i + 1], text[i + 2], out var escaped))
                {
                    value = escaped;
                    i += 2;
                }
                else if (value == '+')
                {
                    value = (byte)' ';
                }

                buffer[length++] = value;
            }

            return ToText(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryHex(byte high, byte low, out byte value)
    {
        var (first, second) = (HexValue(high), HexValue(low));
        value = (byte)((first << 4) | second);
        return first <= 15 && second <= 15;
    }

    /// <summary>0 to 15; 255 for what is no hexadecimal digit.</summary>
    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => 255,
    };

    private static string ToText(ReadOnlySpan<byte> text)
    {
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw new RequestRefusedException(RequestErrors.IllegalCharacters);
        }
    }
}
