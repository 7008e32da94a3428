using System.Security.Cryptography;
using System.Text;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>Signs what is sent with a secret that nothing else sees.</summary>
internal sealed class RequestSigner(string secret)
{
    private const int MostOnStack = 512;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>HMAC-SHA256 of the text as it is sent, in lower case hexadecimal digits.</summary>
    public string Sign(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> bytes = text.Length <= MostOnStack ? stackalloc byte[MostOnStack * 3] : new byte[text.Length * 3];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        HMACSHA256.HashData(_secret, bytes[..length], hash);
        return Convert.ToHexStringLower(hash);
    }
}
