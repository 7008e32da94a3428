using System.Globalization;
using System.Text;

namespace Trellis.Configuration.Tree;

/// <summary>Foreign text as it may stand in a message: one line, of a bearable length, without control characters.</summary>
internal static class Display
{
    private const int Longest = 60;

    public static string Quote(string text) => $"'{Clean(text)}'";

    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= Longest)
            {
                return clean.Append('…').ToString();
            }

            if (IsPlain(rune))
            {
                clean.Append(rune.ToString());
            }
            else
            {
                clean.Append("\\u{").Append(rune.Value.ToString("X4", CultureInfo.InvariantCulture)).Append('}');
            }
        }

        return clean.ToString();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);
}
