using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trellis.Bench.Measuring;

/// <summary>What a figure depends on besides the code.</summary>
internal static class Machine
{
    /// <summary>Processor, runtime, JIT mode and how busy the machine was when the bench began, in one line.</summary>
    public static string Describe() =>
        $"{Environment.ProcessorCount} × {Processor()}, vectors of {VectorBits()} bits; {RuntimeInformation.FrameworkDescription}; " +
        $"JIT {JitMode()}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd}; load {Load()}";

    private static string Processor() =>
        Read("/proc/cpuinfo").Split('\n').FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>How busy the machine is, in words.</summary>
    public static string LoadNow() => $"Load of 1, 5 and 15 minutes: {Load()}";

    private static string Load() =>
        Read("/proc/loadavg") is { Length: > 0 } text ? string.Join(' ', text.Split(' ').Take(3)) : "unknown";

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    private static int VectorBits() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static string JitMode()
    {
        var tiered = IsOn("System.Runtime.TieredCompilation", "DOTNET_TieredCompilation");
        var profiled = IsOn("System.Runtime.TieredPGO", "DOTNET_TieredPGO");
        return !tiered ? "fully optimized at once" : profiled ? "tiered with dynamic PGO" : "tiered without PGO";
    }

    private static bool IsOn(string setting, string variable) =>
        Environment.GetEnvironmentVariable(variable) != "0" && (!AppContext.TryGetSwitch(setting, out var on) || on);
}
