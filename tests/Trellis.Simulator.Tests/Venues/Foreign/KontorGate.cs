using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trellis.Simulator.Hosting;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>Who asks: an access name, a pass phrase, the time in words, and a signature in base 64.</summary>
internal sealed class KontorGate(VenueContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static string Sign(string secret, string time, string what) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(time + what)));

    /// <exception cref="KontorException">It is nobody.</exception>
    public ApiCredential Admit(string access, string pass, string time, string sign, string what)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(context.Clock.WireTime);
        return context.Credentials.FirstOrDefault(credential => credential.Key == access) is { } found
            && found.Passphrase == pass
            && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent)
            && (now - sent).Duration() <= Patience
            && Sign(found.Secret, time, what) == sign
                ? found
                : throw new KontorException(KontorError.Stranger);
    }
}
