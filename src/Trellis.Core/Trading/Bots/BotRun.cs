using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Trading.Accounting;
using Trellis.Core.Trading.Effects;

namespace Trellis.Core.Trading.Bots;

/// <summary>A bot as it runs: its state, its strategy and what that has not been told yet.</summary>
internal sealed class BotRun(int index, TradingBot settings, OwnerBook book, BotLane[] lanes)
{
    public int Index { get; } = index;

    public TradingBot Settings { get; } = settings;

    public OwnerBook Book { get; } = book;

    public BotLane[] Lanes { get; } = lanes;

    public BotState State { get; set; } = BotState.Stopped;

    public string Reason { get; set; } = "";

    /// <summary>Its n-th beginning.</summary>
    public int Revision { get; private set; }

    public IStrategy? Strategy { get; private set; }

    public DecisionContext? Context { get; private set; }

    public bool WasAsked { get; set; }

    /// <summary>Ask at the next close, whatever wakes say: rules changed, or it was paused.</summary>
    public bool AskAtClose { get; set; }

    /// <summary>Ask before anything else happens: fills have come.</summary>
    public bool AskNow { get; set; }

    public long LastAsked { get; set; }

    /// <summary>While it stops: whether its position goes too.</summary>
    public bool Closes { get; set; }

    public bool HasBegun { get; set; }

    public string Name => Settings.Name;

    public StatedWallet Wallet { get; } = new();

    public void Begin()
    {
        Revision++;
        Strategy = Settings.Strategy();
        foreach (var lane in Lanes)
        {
            lane.Begin(Strategy);
        }

        Context = new DecisionContext([.. Lanes.Select(lane => lane.View)], Wallet);
        (WasAsked, AskAtClose, AskNow, Closes, HasBegun) = (false, true, false, false, true);
    }

    public void Tell(in OwnFill fill)
    {
        Context!.AddFill(fill);
        AskNow = true;
    }

    public void Dirty()
    {
        foreach (var lane in Lanes)
        {
            lane.IsDirty = true;
        }
    }
}
