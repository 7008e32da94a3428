namespace Trellis.Cli.Shell;

/// <summary>Decides whether standard error takes colour, without loading a console library on the way to an error.</summary>
internal static class Terminal
{
    /// <summary>
    /// True when standard error is a terminal that understands ANSI sequences and nobody asked for plain text
    /// (<c>NO_COLOR</c> set to anything, <c>TERM=dumb</c>).
    /// </summary>
    public static bool ColorsErrors(bool isRedirected, bool isWindows, Func<string, string?> environment)
    {
        if (isRedirected || !string.IsNullOrEmpty(environment("NO_COLOR")) || environment("TERM") == "dumb")
        {
            return false;
        }

        // The old Windows console prints the sequences as text; the new one and the Unix-like shells announce themselves.
        return !isWindows || !string.IsNullOrEmpty(environment("WT_SESSION")) || !string.IsNullOrEmpty(environment("TERM"));
    }
}
