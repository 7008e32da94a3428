namespace Trellis.Core.Indicators;

/// <summary>The latest n values in a ring.</summary>
internal sealed class RollingWindow(int period)
{
    private readonly int[] values = new int[period];
    private int next;

    /// <summary>How many values there are, at most the period.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == values.Length;

    /// <summary>Takes a value in the place of the oldest, which it returns; 0 while the window fills.</summary>
    public int Push(int value)
    {
        var oldest = values[next];
        values[next] = value;
        next = next + 1 == values.Length ? 0 : next + 1;
        Count = Math.Min(Count + 1, values.Length);
        return oldest;
    }
}
