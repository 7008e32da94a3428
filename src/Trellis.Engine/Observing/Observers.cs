using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Observing;

/// <summary>All observers as one. A notice is given once per cause until the cause is over.</summary>
internal sealed class Observers(IReadOnlyList<IEngineObserver> observers, EngineClock clock)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> raised = new(StringComparer.Ordinal);

    public void Happened(long sequence, TradingInput input, IReadOnlyList<TradingEffect> effects)
    {
        foreach (var observer in observers)
        {
            observer.Happened(sequence, input, effects);
        }
    }

    public void Notice(AlertLevel level, string code, string text)
    {
        var notice = new EngineNotice(clock.Now, level, code, text);
        foreach (var observer in observers)
        {
            observer.Noticed(notice);
        }
    }

    public void NoticeOnce(AlertLevel level, string code, string text)
    {
        lock (gate)
        {
            if (!raised.Add(code))
            {
                return;
            }
        }

        Notice(level, code, text);
    }

    /// <summary>Tells that a cause is over, where it had been told of.</summary>
    public void Settled(string code, string endCode, string text)
    {
        lock (gate)
        {
            if (!raised.Remove(code))
            {
                return;
            }
        }

        Notice(AlertLevel.Information, endCode, text);
    }
}
