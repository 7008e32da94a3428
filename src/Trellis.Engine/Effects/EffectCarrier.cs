using Trellis.Core.Trading.Effects;

namespace Trellis.Engine.Effects;

/// <summary>Carries effects out: what may leave at once, what waits for its commit, and what is only told.</summary>
internal sealed class EffectCarrier(CommitGate gate, OrderDesk orders, Surveyor surveyor, WakeTimer timer)
{
    private readonly List<PlaceOrder> atOnce = [];
    private readonly List<PlaceOrder> afterCommit = [];

    /// <summary>From the loop alone.</summary>
    public void Carry(long sequence, IReadOnlyList<TradingEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case PlaceOrder { MayLeaveBeforeCommit: true } place:
                    atOnce.Add(place);
                    break;
                case PlaceOrder place:
                    afterCommit.Add(place);
                    break;
                case CancelOrder cancel:
                    orders.Cancel(cancel);
                    break;
                case QueryOrder query:
                    orders.Query(query);
                    break;
                case Reconcile reconcile:
                    surveyor.Survey(reconcile);
                    break;
                case WakeAt wake:
                    timer.Ring(wake.Time);
                    break;
            }
        }

        if (atOnce.Count > 0)
        {
            orders.Place([.. atOnce]);
            atOnce.Clear();
        }

        if (afterCommit.Count > 0)
        {
            gate.Pass(sequence, [.. afterCommit]);
            afterCommit.Clear();
        }
    }
}
