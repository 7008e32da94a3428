using System.Globalization;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>TRELLIS_FUZZ_OPERATIONS and TRELLIS_FUZZ_SEED choose how many commands each fuzz runs and its first seed.</summary>
internal static class FuzzSettings
{
    public static int FirstSeed => Setting("TRELLIS_FUZZ_SEED", 1);

    public static int Operations(int otherwise) => Setting("TRELLIS_FUZZ_OPERATIONS", otherwise);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
