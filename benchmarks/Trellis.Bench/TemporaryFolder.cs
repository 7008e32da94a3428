namespace Trellis.Bench;

/// <summary>A folder of its own that is gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("trellis-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
