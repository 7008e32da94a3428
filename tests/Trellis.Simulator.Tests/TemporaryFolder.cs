namespace Trellis.Simulator.Tests;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("trellis-simulator-").FullName;

    public string PathOf(string name) => System.IO.Path.Combine(_path, name);

    public IEnumerable<string> Files => Directory.GetFiles(_path).Select(path => System.IO.Path.GetFileName(path));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
