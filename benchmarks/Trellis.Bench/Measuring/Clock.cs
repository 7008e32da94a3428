using System.Runtime.InteropServices;

namespace Trellis.Bench.Measuring;

/// <summary>A moment by the wall clock and by what this thread and this process have computed, in nanoseconds.</summary>
/// <param name="Thread">CPU time of the thread; the wall clock where the system does not tell.</param>
/// <param name="Process">CPU time of all threads.</param>
internal readonly record struct Clock(double Wall, double Thread, double Process)
{
    private const int ThreadCpuTime = 3;

    public static Clock Now()
    {
        var process = Environment.CpuUsage.TotalTime.TotalNanoseconds;
        var wall = TimeProvider.System.GetTimestamp() * (1e9 / TimeProvider.System.TimestampFrequency);
        return new Clock(wall, ThreadTime() ?? wall, process);
    }

    public static Clock operator -(Clock later, Clock earlier) =>
        new(later.Wall - earlier.Wall, later.Thread - earlier.Thread, later.Process - earlier.Process);

    private static double? ThreadTime() =>
        OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out var time) == 0 ? (time.Seconds * 1e9) + time.Nanoseconds : null;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out TimeSpec time);

    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
