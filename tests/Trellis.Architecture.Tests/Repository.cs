using System.Diagnostics;

namespace Trellis.Architecture.Tests;

/// <summary>The working tree that the tests look at.</summary>
internal static class Repository
{
    private static readonly string[] NotSources = [".git", "artifacts", "node_modules", "results", "bin", "obj"];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes, of the C# files below the given folder.</summary>
    public static IEnumerable<string> SourceFiles(string folder) =>
        Walk(Path.Combine(Root, folder)).Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The files that git tracks; in a tree without git, all that are not products of a build.</summary>
    public static IReadOnlyList<string> TrackedFiles()
    {
        if (!Path.Exists(Path.Combine(Root, ".git")))
        {
            return [.. Walk(Root)];
        }

        var start = new ProcessStartInfo("git", ["ls-files", "-z"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git does not start");
        var names = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        return [.. names.Where(name => File.Exists(Path.Combine(Root, name)))];
    }

    /// <summary>The text of a file given by its path relative to the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !NotSources.Contains(Path.GetFileName(inner))))
        {
            foreach (var file in Walk(inner))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Trellis.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no Trellis.slnx above {AppContext.BaseDirectory}.");
    }
}
