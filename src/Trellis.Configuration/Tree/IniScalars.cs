using System.Globalization;
using System.Text;

namespace Trellis.Configuration.Tree;

/// <summary>Single values of an INI file, quoted or plain.</summary>
internal static class IniScalars
{
    /// <summary>A plain value ends where a comment begins: at a ; or # behind a blank.</summary>
    public static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ';' or '#' && (i == 0 || text[i - 1] is ' ' or '\t'))
            {
                return text[..i].TrimEnd();
            }
        }

        return text;
    }

    /// <summary>Whether text can stand without quotes and be read back as it is.</summary>
    public static bool IsSafePlain(string text) =>
        text.Length > 0 && text is not ("[]" or "{}") && text[0] != '"' && text.Trim().Length == text.Length
        && !text.Any(char.IsControl) && !text.AsSpan().ContainsAny("\u2028\u2029\uFEFF\uFFFE\uFFFF") && WithoutComment(text).Length == text.Length;

    /// <summary>The text between quotes, with what stands behind them; null where the quotes don't end or hold an unknown escape.</summary>
    public static string? Unquote(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        rest = [];
        var plain = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    rest = text[(i + 1)..].TrimStart();
                    return HasHalves(plain) ? null : plain.ToString();
                case '\\' when i + 1 < text.Length && Escape(text[(i + 1)..], plain) is > 0 and var used:
                    i += used;
                    break;
                case '\\':
                    return null;
                default:
                    plain.Append(text[i]);
                    break;
            }
        }

        return null;
    }

    /// <summary>How many characters the escape behind a backslash has; 0 where there is no such escape.</summary>
    private static int Escape(ReadOnlySpan<char> text, StringBuilder plain)
    {
        var single = text[0] switch { '"' => '"', '\\' => '\\', 'n' => '\n', 't' => '\t', 'r' => '\r', _ => '\0' };
        if (single != '\0')
        {
            plain.Append(single);
            return 1;
        }

        if (text[0] == 'u' && text.Length >= 5 && int.TryParse(text[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            plain.Append((char)code);
            return 5;
        }

        return 0;
    }

    /// <summary>Half of a surrogate pair is no character.</summary>
    private static bool HasHalves(StringBuilder text)
    {
        var whole = text.ToString();
        for (var i = 0; i < whole.Length; i++)
        {
            if (char.IsHighSurrogate(whole[i]) && i + 1 < whole.Length && char.IsLowSurrogate(whole[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(whole[i]))
            {
                return true;
            }
        }

        return false;
    }
}
