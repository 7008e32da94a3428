using System.Text;

namespace Trellis.Configuration.Tree;

/// <summary>From the bytes of a file to text that both readers understand alike.</summary>
internal static class DocumentText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, or null with a problem: too long, not UTF-8, or with control characters that would hide what follows.</summary>
    public static string? Decode(string file, ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (bytes.Length > Limits.Bytes)
        {
            findings.Add(Mark.InFile(file, 1, 1), "", "the document is too large", allowed: $"at most {Limits.Bytes} bytes");
            return null;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            findings.Add(Mark.InFile(file, 1, 1), "", "the document is UTF-16", allowed: "UTF-8");
            return null;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        var valid = ValidPrefix(bytes);
        var text = Strict.GetString(bytes[..valid]);
        if (valid < bytes.Length)
        {
            findings.Add(MarkAt(file, text, text.Length), "", $"the byte 0x{bytes[valid]:X2} here is not UTF-8", allowed: "UTF-8 text");
            return null;
        }

        var control = text.AsSpan().IndexOfAny(Refused);
        if (control >= 0)
        {
            findings.Add(MarkAt(file, text, control), "", $"the control character U+{(int)text[control]:X4} is not allowed here", allowed: "text, spaces, tabs and line breaks");
            return null;
        }

        return text;
    }

    /// <summary>Line and column of a place in the text.</summary>
    public static Mark MarkAt(string file, ReadOnlySpan<char> text, int offset)
    {
        var before = text[..offset];
        var line = before.Count('\n');
        return Mark.InFile(file, line + 1, offset - before.LastIndexOf('\n'));
    }

    private static readonly System.Buffers.SearchValues<char> Refused = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Append(0x7F).Concat(Enumerable.Range(0x80, 0x20)).Concat([0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF])
            .Select(code => (char)code).Where(character => character is not ('\t' or '\n' or '\r'))]);

    private static int ValidPrefix(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }
}
