using Trellis.Core;

namespace Trellis.Cli.Reports;

/// <summary>The option <c>--out</c> of commands that write a page.</summary>
internal static class PageTarget
{
    /// <summary>The given file; null where none was given.</summary>
    /// <exception cref="ConfigurationException">It can't be a page's file.</exception>
    public static string? Of(string? given)
    {
        if (given is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(given))
        {
            throw new ConfigurationException("--out is empty; give the file that the page should go to, such as report.html");
        }

        if (Directory.Exists(given))
        {
            throw new ConfigurationException($"--out {given} is a folder; give a file, such as {Path.Combine(given, "report.html")}");
        }

        var parent = Path.GetDirectoryName(Path.GetFullPath(given));
        return parent is null || Directory.Exists(parent)
            ? given
            : throw new ConfigurationException($"--out {given}: the folder {parent} does not exist");
    }
}
