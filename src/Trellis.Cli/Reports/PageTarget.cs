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

        // A link is followed, so that what it leads to is replaced, not the link.
        if (new FileInfo(given) is { LinkTarget: not null } link)
        {
            given = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? given;
        }

        if (File.Exists(given) && !IsPage(given))
        {
            throw new ConfigurationException($"--out {given} exists and is no page of Trellis; choose another file");
        }

        var parent = Path.GetDirectoryName(Path.GetFullPath(given));
        return parent is null || Directory.Exists(parent)
            ? given
            : throw new ConfigurationException($"--out {given}: the folder {parent} does not exist");
    }

    /// <summary>Only a page of ours is replaced. What has no length is no page, and may be a pipe or a device that never ends.</summary>
    private static bool IsPage(string path)
    {
        if (new FileInfo(path).Length == 0)
        {
            return false;
        }

        using var reader = new StreamReader(path);
        var start = new char[2000];
        return reader.ReadBlock(start) > 0 && start.AsSpan().IndexOf("<meta name=\"generator\" content=\"Trellis\">") >= 0;
    }
}
