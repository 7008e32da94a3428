namespace Trellis.Architecture.Tests;

/// <summary>The one rule between the projects: who may use whom.</summary>
internal static class Rooms
{
    /// <summary>Each project of src with the projects that it may use.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Trellis.Core"] = [],
        ["Trellis.Configuration"] = ["Trellis.Core"],
        ["Trellis.Data"] = ["Trellis.Core"],
        ["Trellis.Research"] = ["Trellis.Core", "Trellis.Data"],
        ["Trellis.Exchanges"] = ["Trellis.Core"],
        ["Trellis.Engine"] = ["Trellis.Core", "Trellis.Exchanges"],
        ["Trellis.Storage"] = ["Trellis.Core", "Trellis.Engine", "SQLitePCLRaw.core"],
        ["Trellis.Simulator"] = ["Trellis.Core", "Trellis.Data"],
        ["Trellis.Cli"] = ["Trellis.Core", "Trellis.Configuration", "Trellis.Data", "Trellis.Research", "Trellis.Simulator", "Trellis.Exchanges", "Trellis.Engine", "Trellis.Storage"],
    };

    /// <summary>The projects as rows of a theory.</summary>
    public static TheoryData<string> All => [.. MayUse.Keys];

    /// <summary>The compiled assembly of a project.</summary>
    public static string AssemblyPath(string project) =>
        Path.Combine(AppContext.BaseDirectory, project == "Trellis.Cli" ? "trellis.dll" : $"{project}.dll");
}
