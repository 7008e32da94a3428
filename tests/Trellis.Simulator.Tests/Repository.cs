namespace Trellis.Simulator.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Read(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Trellis.slnx")))
            {
                return File.ReadAllText(Path.Combine(folder.FullName, path));
            }
        }

        throw new FileNotFoundException($"no repository above {AppContext.BaseDirectory}");
    }
}
