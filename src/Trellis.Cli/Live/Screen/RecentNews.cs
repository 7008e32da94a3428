using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Observing;

namespace Trellis.Cli.Live.Screen;

/// <summary>The latest fills and alerts; told on the trading thread, read from the screen's.</summary>
internal sealed class RecentNews
{
    private const int Most = 50;

    private readonly Lock gate = new();
    private readonly LinkedList<FillBooked> fills = [];
    private readonly LinkedList<ShownAlert> alerts = [];

    public void Happened(TradingInput input, IReadOnlyList<TradingEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (effect is FillBooked fill)
            {
                Keep(fills, fill);
            }
            else if (effect is Alert alert)
            {
                Keep(alerts, new ShownAlert(input.Time, alert.Level, alert.Code, alert.Bot, alert.Text));
            }
        }
    }

    public void Noticed(EngineNotice notice) => Keep(alerts, new ShownAlert(notice.Time, notice.Level, notice.Code, -1, notice.Text));

    /// <summary>Latest first.</summary>
    public (IReadOnlyList<FillBooked> Fills, IReadOnlyList<ShownAlert> Alerts) Read()
    {
        lock (gate)
        {
            return ([.. fills], [.. alerts]);
        }
    }

    private void Keep<T>(LinkedList<T> list, T item)
    {
        lock (gate)
        {
            list.AddFirst(item);
            if (list.Count > Most)
            {
                list.RemoveLast();
            }
        }
    }
}
