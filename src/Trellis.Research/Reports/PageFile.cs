using System.Text;
using Trellis.Core;

namespace Trellis.Research.Reports;

/// <summary>Puts a page in its place: beside it first, then renamed.</summary>
internal static class PageFile
{
    private static int written;

    /// <exception cref="RunException">The file system refuses.</exception>
    public static void Write(string file, string page)
    {
        var temporary = $"{file}.{Environment.ProcessId}-{Interlocked.Increment(ref written)}.tmp";
        try
        {
            File.WriteAllText(temporary, page, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new RunException($"{file}: the page can't be written: {error.Message}. Choose another place with --out", error);
        }
    }
}
