using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Simulation.Exchange;
using Trellis.Simulation.Faults;

namespace Trellis.Simulation.Shell;

/// <summary>Brings the news of the account to the shell: in order, a little late, unless something happens to it.</summary>
internal sealed class UserStream(Agenda agenda, SimulatedExchange exchange, FaultDice dice, Wire wire, Action<TradingInput> tell)
{
    private long lastDue;
    private int life;

    /// <summary>Nothing comes through.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>The process is gone, and its connections with it.</summary>
    public void Reset()
    {
        life++;
        IsSilent = false;
    }

    /// <summary>Sends off what the exchange has to tell.</summary>
    public void Pump(bool isUp)
    {
        while (exchange.News.TryDequeue(out var item))
        {
            if (isUp && !IsSilent)
            {
                Send(item);
            }
        }
    }

    /// <summary>Says nothing for a while, which is noticed late.</summary>
    public void FallSilent()
    {
        IsSilent = true;
        var mine = life;
        var noticed = 3_000 + dice.Pick(FaultKind.SilentStream, 15_000);
        agenda.After(noticed, () => Here(mine, () => tell(new StreamLost(0, StreamKind.User, "silence"))));
        agenda.After(noticed + 500 + dice.Pick(FaultKind.SilentStream, 10_000), () => Restore(mine));
    }

    public void Disconnect()
    {
        IsSilent = true;
        var mine = life;
        wire.Disconnect();
        tell(new StreamLost(0, StreamKind.Market, "disconnected"));
        tell(new StreamLost(0, StreamKind.User, "disconnected"));
        agenda.After(500 + dice.Pick(FaultKind.Disconnect, 10_000), () =>
        {
            Here(mine, () => tell(new StreamRestored(0, StreamKind.Market)));
            Restore(mine);
        });
    }

    private void Restore(int mine) => Here(mine, () =>
    {
        IsSilent = false;
        tell(new StreamRestored(0, StreamKind.User));
    });

    private void Send(object item)
    {
        if (dice.Happens(FaultKind.DroppedNews))
        {
            var mine = life;
            agenda.After(10 + dice.Pick(FaultKind.DroppedNews, 500), () => Here(mine, () => tell(new StreamLost(0, StreamKind.User, "a gap in the numbers"))));
            agenda.After(600 + dice.Pick(FaultKind.DroppedNews, 1_000), () => Here(mine, () => tell(new StreamRestored(0, StreamKind.User))));
            return;
        }

        var due = Math.Max(lastDue, agenda.Now + wire.Way());
        if (dice.Happens(FaultKind.ReorderedNews))
        {
            Deliver(item, due + 1 + dice.Pick(FaultKind.ReorderedNews, 3_000));
            return;
        }

        lastDue = due;
        Deliver(item, due);
        if (dice.Happens(FaultKind.DuplicatedNews))
        {
            Deliver(item, due + dice.Pick(FaultKind.DuplicatedNews, 2_000));
        }
    }

    private void Deliver(object item, long due)
    {
        var mine = life;
        agenda.At(due, () => Here(mine, () => tell(item switch
        {
            VenueFill fill => new FillReported(0, fill),
            VenueOrder order => new OrderReported(0, order),
            _ => new IncomeReported(0, (VenueIncome)item),
        })));
    }

    private void Here(int mine, Action action)
    {
        if (mine == life)
        {
            action();
        }
    }
}
