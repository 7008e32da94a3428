namespace Trellis.Bench.Measuring;

/// <summary>Settings of the runtime, as environment variables: they are the process's, so that a topic with its own runs in a process of its own.</summary>
/// <param name="Variables">Names and values.</param>
internal sealed record RuntimeSettings(IReadOnlyList<(string Name, string Value)> Variables)
{
    public static RuntimeSettings OfTheBench { get; } = new([]);

    /// <summary>The program starts without a profile to optimize by, and parts of it are measured as it runs them.</summary>
    public static RuntimeSettings OfTheProgram { get; } = new([("DOTNET_TieredPGO", "0")]);

    /// <summary>One heap that is cleared in large pieces, for one thread that makes a great deal of small things.</summary>
    public static RuntimeSettings LargePieces { get; } = new([("DOTNET_gcServer", "1"), ("DOTNET_GCHeapCount", "1"), ("DOTNET_GCDynamicAdaptationMode", "0")]);

    /// <summary>Whether this process has them, or somebody has set one of them otherwise.</summary>
    public bool AreInForce => Variables.Count == 0 || Variables.Any(variable => Environment.GetEnvironmentVariable(variable.Name) is not null);
}
