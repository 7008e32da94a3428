using System.Security.Cryptography;
using System.Text;
using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Signing;

/// <summary>A client's key with its secret ready to sign with.</summary>
internal sealed class ApiKey(ApiCredential credential)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(credential.Secret);

    public string Text => credential.Key;

    public AccountId Account => credential.Account;

    public bool MayTrade => credential.MayTrade;

    public bool MayWithdraw => credential.MayWithdraw;

    /// <summary>Whether the signature is the HMAC-SHA256 of the payload in hexadecimal digits of either case; takes the same time whatever is wrong.</summary>
    public bool Signed(ReadOnlySpan<byte> payload, string signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, payload, expected);
        var readable = signature.Length == 2 * given.Length
            && Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done;
        return CryptographicOperations.FixedTimeEquals(expected, given) && readable;
    }
}

/// <summary>The keys that may call.</summary>
internal sealed class ApiKeys
{
    private const int RealLength = 64;
    private readonly Dictionary<string, ApiKey> _keys;

    public ApiKeys(IEnumerable<ApiCredential> credentials) =>
        _keys = credentials.ToDictionary(credential => credential.Key, credential => new ApiKey(credential), StringComparer.Ordinal);

    /// <summary>Finds the key of the header X-MBX-APIKEY.</summary>
    /// <exception cref="RequestRefusedException">-2014 where it is missing or not of Binance's form (64 letters and digits), -2015 where nobody has it.</exception>
    public ApiKey Find(string? text, string address)
    {
        if (text is not null && _keys.TryGetValue(text, out var key))
        {
            return key;
        }

        throw new RequestRefusedException(
            text is { Length: RealLength } && text.All(char.IsAsciiLetterOrDigit) ? RequestErrors.KeyRejected(address) : RequestErrors.KeyFormat);
    }
}
