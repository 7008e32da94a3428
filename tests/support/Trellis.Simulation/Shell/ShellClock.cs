namespace Trellis.Simulation.Shell;

/// <summary>What the shell takes for the exchange's time: off by as much as its clock is wrong, and never running backwards.</summary>
internal sealed class ShellClock(Agenda agenda)
{
    private long last = long.MinValue;

    /// <summary>How far it runs ahead, milliseconds; below 0 where it is behind.</summary>
    public long Skew { get; set; }

    public long Now => last = Math.Max(last, agenda.Now + Skew);

    /// <summary>When the shell's clock will show a time.</summary>
    public long TimeOf(long shown) => Math.Max(agenda.Now, shown - Skew);
}
