using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Trading;

/// <summary>Where effects go, the time, and what has been asked of the shell's timer.</summary>
internal sealed class Outbox
{
    private readonly HashSet<string> raised = new(StringComparer.Ordinal);
    private List<TradingEffect> effects = [];
    private long armed = long.MaxValue;
    private long wanted = long.MaxValue;

    /// <summary>Of the input that is being handled; never runs backwards.</summary>
    public long Now { get; private set; }

    public void Begin(long time, List<TradingEffect> into)
    {
        Now = Math.Max(Now, time);
        effects = into;
        wanted = long.MaxValue;
    }

    public void Add(TradingEffect effect) => effects.Add(effect);

    public void Changed(TrackedOrder order) => effects.Add(new OrderStateChanged(order.Snapshot()));

    public void Alert(AlertLevel level, string code, int bot, string text) => effects.Add(new Alert(level, code, bot, text));

    /// <summary>Once per cause, until <see cref="Settled"/>.</summary>
    public void AlertOnce(string cause, AlertLevel level, string code, int bot, string text)
    {
        if (raised.Add(cause))
        {
            Alert(level, code, bot, text);
        }
    }

    /// <summary>A cause is over: when it comes again, it is news again.</summary>
    public void Settled(string cause) => raised.Remove(cause);

    public void WakeBy(long time) => wanted = Math.Min(wanted, time);

    /// <summary>The timer has rung, or is lost with the process that had it.</summary>
    public void ForgetTimer() => armed = long.MaxValue;

    /// <summary>Asks for the timer where it has to ring earlier than was asked before.</summary>
    public void Flush()
    {
        if (wanted < armed)
        {
            armed = wanted;
            effects.Add(new WakeAt(wanted));
        }
    }
}
