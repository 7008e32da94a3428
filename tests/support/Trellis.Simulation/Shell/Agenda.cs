namespace Trellis.Simulation.Shell;

/// <summary>The virtual clock, and what is to happen when: in order of time, then of planning.</summary>
public sealed class Agenda(long start)
{
    private readonly PriorityQueue<Action, (long Time, long Number)> actions = new();
    private long number;

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; private set; } = start;

    public void At(long time, Action action) => actions.Enqueue(action, (Math.Max(Now, time), number++));

    public void After(long delay, Action action) => At(Now + delay, action);

    /// <summary>Moves the clock to the next action before a time and returns it; null where there is none, and the clock stands at that time.</summary>
    public Action? Next(long until)
    {
        if (actions.TryPeek(out var action, out var due) && due.Time <= until)
        {
            actions.Dequeue();
            Now = due.Time;
            return action;
        }

        Now = until;
        return null;
    }
}
