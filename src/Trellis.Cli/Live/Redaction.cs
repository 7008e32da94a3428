using System.Text;
using System.Text.RegularExpressions;

namespace Trellis.Cli.Live;

/// <summary>
/// Cleans texts that others wrote, an exchange or a person, before anyone reads them: secrets become <c>***</c>, and control characters,
/// which could end a line or steer a terminal, become spaces.
/// </summary>
internal sealed partial class Redaction
{
    private const string Mask = "***";
    private const int LeastSecret = 4;

    private readonly string[] secrets;

    /// <param name="secrets">Keys, secrets, passwords; anything shorter than 4 characters would hide half of every text, and is left out.</param>
    public Redaction(params IEnumerable<string> secrets) => this.secrets = [.. secrets.Where(secret => secret.Length >= LeastSecret).Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)];

    public static Redaction None { get; } = new();

    public string Clean(string text)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        if (text.AsSpan().ContainsAny('=', '@', ':'))
        {
            text = UserInformation().Replace(Parameter().Replace(text, "${name}" + Mask), "://" + Mask + "@");
        }

        return text.Any(char.IsControl) ? WithoutControls(text) : text;
    }

    private static string WithoutControls(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            clean.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return clean.ToString();
    }

    [GeneratedRegex(@"(?<name>\b(?:signature|api[-_]?key|api[-_]?secret|secret|passphrase|password|token|x-mbx-apikey)[""']?\s*[=:]\s*[""']?)[^&\s""',;}]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"://[^/\s@]+@", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserInformation();
}
