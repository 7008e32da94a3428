namespace Trellis.Bench.Measuring;

/// <summary>Takes results of measured work, so that no compiler can find it useless.</summary>
internal static class Sink
{
    private static long taken;

    public static void Take(long value) => Volatile.Write(ref taken, value);
}
