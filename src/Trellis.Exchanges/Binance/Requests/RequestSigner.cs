using System.Security.Cryptography;
using System.Text;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>Signs what is sent with a secret that nothing else sees.</summary>
internal sealed class RequestSigner(string secret)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>HMAC-SHA256 of the text as it is sent, in lower case hexadecimal digits.</summary>
    public string Sign(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash);
    }
}
