using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Simulation.Shell;

/// <summary>Carries effects out and brings back what came of them, as long as the process that wanted them lives.</summary>
internal sealed class Carrier(Wire wire, Snapshots snapshots, ShellSeam seam, LiveShell shell)
{
    public void Carry(TradingEffect effect)
    {
        if (seam.Carry(effect) is { } others)
        {
            CarryAll(others);
        }
        else
        {
            Leave(effect);
        }
    }

    public void CarryAll(IEnumerable<TradingEffect> effects)
    {
        foreach (var effect in effects)
        {
            Leave(effect);
        }
    }

    private void Leave(TradingEffect effect)
    {
        CarryOut(effect);
        shell.Left(effect);
    }

    private void CarryOut(TradingEffect effect)
    {
        var mine = shell.Life;
        switch (effect)
        {
            case PlaceOrder place:
                wire.Place(place.Intent, answer => Tell(mine, new PlaceAnswered(0, place.Intent.ClientOrderId, answer)));
                break;
            case CancelOrder cancel:
                wire.Cancel(cancel, answer => Tell(mine, new CancelAnswered(0, cancel.ClientOrderId, answer)));
                break;
            case QueryOrder query:
                wire.Query(query, queried => Tell(mine, queried));
                break;
            case Reconcile question:
                snapshots.Take(question, snapshot => Tell(mine, snapshot is null
                    ? new SnapshotFailed(0, question.Reconciliation, "503")
                    : new SnapshotTaken(0, question.Reconciliation, seam.Show(snapshot))));
                break;
            case WakeAt wake:
                shell.Wake(wake.Time);
                break;
        }
    }

    private void Tell(int life, TradingInput input)
    {
        if (life == shell.Life)
        {
            shell.Tell(input);
        }
    }
}
