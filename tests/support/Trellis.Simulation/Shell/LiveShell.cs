using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Simulation.Checks;
using Trellis.Simulation.Faults;

namespace Trellis.Simulation.Shell;

/// <summary>
/// The shell around a loop: journals what it is told, commits a moment later, lets effects leave when they may. It can be killed at any point;
/// what it comes back with is the committed journal alone.
/// </summary>
internal sealed class LiveShell
{
    private readonly Agenda agenda;
    private readonly TradingSettings settings;
    private readonly FaultDice dice;
    private readonly ShellSeam seam;
    private readonly Watch watch;
    private readonly Carrier carrier;
    private readonly ShellClock clock;
    private readonly List<TradingEffect> effects = [];
    private readonly QuoteChanged?[] unwritten;
    private List<TradingEffect> waiting = [];
    private List<TradingEffect> leaving = [];
    private long timer = long.MaxValue;
    private bool commitIsDue;
    private string? fingerprint;
    private long diedAt;

    public LiveShell(Agenda agenda, TradingSettings settings, FaultDice dice, ShellSeam seam, Watch watch, ShellClock clock, Wire wire, Snapshots snapshots)
    {
        this.agenda = agenda;
        this.settings = settings;
        this.dice = dice;
        this.seam = seam;
        this.watch = watch;
        this.clock = clock;
        Loop = new TradingLoop(settings);
        unwritten = new QuoteChanged?[settings.Markets.Count];
        carrier = new Carrier(wire, snapshots, seam, this);
    }

    public TradingLoop Loop { get; private set; }

    public Journal Journal { get; } = new();

    public bool IsUp { get; private set; }

    /// <summary>Grows with every kill: what was under way for an earlier process reaches nobody.</summary>
    public int Life { get; private set; }

    /// <summary>The process is killed at the next point of this kind.</summary>
    public FaultKind? Armed { get; set; }

    /// <summary>Called after every start, before anything else is told.</summary>
    public Action Booted { get; set; } = () => { };

    /// <summary>Called when the process has gone.</summary>
    public Action Killed { get; set; } = () => { };

    /// <summary>Inputs told so far.</summary>
    public long Inputs { get; private set; }

    /// <summary>Tells the loop, at the shell's time; nothing while the process is down.</summary>
    public void Tell(TradingInput input)
    {
        if (seam.Tell(input) is not { } others)
        {
            Take(input with { Time = clock.Now });
            return;
        }

        foreach (var told in others)
        {
            Take(told with { Time = clock.Now });
        }
    }

    public void Boot()
    {
        Loop = Journal.Replay(settings);
        if (fingerprint is { } before && before != Loop.Fingerprint())
        {
            throw new InvariantException("a restart ends where the process ended", "the fingerprint after the replay is another");
        }

        IsUp = true;
        Tell(new Started(0, "", diedAt));
        Booted();
    }

    public void Wake(long time)
    {
        var mine = Life;
        timer = Math.Min(timer, time);
        agenda.At(clock.TimeOf(time), Ring);

        void Ring()
        {
            if (mine != Life || timer == long.MaxValue)
            {
                return;
            }

            if (timer <= clock.Now)
            {
                timer = long.MaxValue;
                Tell(new TimePassed(0));
            }
            else if (timer == time)
            {
                agenda.At(clock.TimeOf(time), Ring);
            }
        }
    }

    /// <summary>An effect has left: the point at which some kills wait.</summary>
    public void Left(TradingEffect effect)
    {
        if ((Armed == FaultKind.KilledBeforeAnswer && effect is PlaceOrder) || (Armed == FaultKind.KilledWhileReconciling && effect is Reconcile))
        {
            var (kind, mine) = (Armed.Value, Life);
            Armed = null;
            agenda.After(1 + dice.Pick(kind, kind == FaultKind.KilledBeforeAnswer ? 60 : 200), () =>
            {
                if (mine == Life && IsUp)
                {
                    Kill(kind);
                }
            });
        }
    }

    private void Take(TradingInput input)
    {
        if (!IsUp)
        {
            return;
        }

        Inputs++;
        effects.Clear();
        if (!Loop.Handle(input, effects))
        {
            var quote = (QuoteChanged)input;
            unwritten[quote.Market] = quote;
            return;
        }

        WriteQuotes();
        var kept = Journal.Add(input, effects);
        watch.See(kept);
        var mine = Life;
        foreach (var effect in kept)
        {
            if (mine == Life && seam.MayLeaveBeforeCommit(effect))
            {
                watch.LeftEarly(effect);
                carrier.Carry(effect);
            }
            else
            {
                waiting.Add(effect);
            }
        }

        if (input is PlaceAnswered answered)
        {
            carrier.CarryAll(seam.AfterAnswer(answered) ?? []);
        }

        CommitSoon();
    }

    private void WriteQuotes()
    {
        foreach (var quote in unwritten)
        {
            if (quote is not null && seam.KeepsQuotes)
            {
                Journal.Add(quote);
            }
        }

        Array.Clear(unwritten);
    }

    private void CommitSoon()
    {
        if (commitIsDue)
        {
            return;
        }

        commitIsDue = true;
        var mine = Life;
        agenda.After(1 + dice.Pick(FaultKind.LostTail, 15), () =>
        {
            if (mine == Life)
            {
                Commit();
            }
        });
    }

    private void Commit()
    {
        commitIsDue = false;
        var places = 0;
        foreach (var effect in waiting)
        {
            places += effect is PlaceOrder ? 1 : 0;
        }

        if (Armed == FaultKind.LostTail)
        {
            Kill(FaultKind.LostTail);
            return;
        }

        Journal.Commit();
        watch.Committed();
        if (Armed == FaultKind.KilledAfterCommit && places > 0)
        {
            Kill(FaultKind.KilledAfterCommit);
            return;
        }

        (leaving, waiting) = (waiting, leaving);
        waiting.Clear();
        foreach (var effect in leaving)
        {
            carrier.Carry(effect);
            if (Armed == FaultKind.KilledInBatch && places > 1 && effect is PlaceOrder)
            {
                Kill(FaultKind.KilledInBatch);
                return;
            }
        }
    }

    private void Kill(FaultKind kind)
    {
        dice.Note(kind);
        Armed = null;
        fingerprint = Journal.Committed == Journal.Entries.Count ? Loop.Fingerprint() : null;
        IsUp = false;
        diedAt = clock.Now;
        Life++;
        timer = long.MaxValue;
        commitIsDue = false;
        Array.Clear(unwritten);
        waiting.Clear();
        watch.Lose();
        Journal.LoseTail();
        Killed();
        agenda.After(1_000 + dice.Pick(kind, dice.Pick(kind, 8) == 0 ? 600_000 : 20_000), Boot);
    }
}
