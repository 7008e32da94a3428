using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trellis.Simulator.Recording;

/// <summary>Takes secrets out of what is written down: known values wherever they stand, however they are escaped, and every signature.</summary>
internal sealed partial class SecretMask
{
    private readonly List<(string Value, string Mask)> _values = [];

    /// <param name="secrets">Values that must not appear, each with what stands in its place.</param>
    public SecretMask(IEnumerable<KeyValuePair<string, string>> secrets)
    {
        foreach (var (value, mask) in secrets.Where(secret => secret.Key.Length > 0))
        {
            _values.AddRange(Spellings(value).Distinct(StringComparer.Ordinal).Select(spelling => (spelling, mask)));
        }

        // The longer first: a key may be the beginning of a secret.
        _values.Sort((left, right) => right.Value.Length.CompareTo(left.Value.Length));
    }

    public string Apply(string text)
    {
        foreach (var (value, mask) in _values)
        {
            text = text.Replace(value, mask, StringComparison.Ordinal);
        }

        return Signature().Replace(text, "${name}***");
    }

    private static IEnumerable<string> Spellings(string value) =>
        [value, Uri.EscapeDataString(value), JsonEncodedText.Encode(value).ToString()];

    // signature=abc in a query or form, "signature":"abc" in JSON; 256 hexadecimal digits or base64 with its escapes.
    [GeneratedRegex("""(?<name>\bsignature(?:=|"\s*:\s*"))[^&"\s]*""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Signature();
}
