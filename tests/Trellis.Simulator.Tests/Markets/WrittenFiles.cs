namespace Trellis.Simulator.Tests.Markets;

internal static class WrittenFiles
{
    /// <summary>Writes a file and answers its path.</summary>
    public static string Write(this TemporaryFolder folder, string name, string content)
    {
        File.WriteAllText(folder.PathOf(name), content);
        return folder.PathOf(name);
    }
}
