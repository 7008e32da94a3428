using Trellis.Core;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Effects;
using Trellis.Engine.Journal;
using Trellis.Engine.Observing;
using Trellis.Engine.Queues;
using Trellis.Engine.Recovery;
using Trellis.Engine.Streams;

namespace Trellis.Engine;

/// <summary>
/// Trades one account: streams and answers go to the loop, what it decides goes to the journal and, once that is on disk, to the exchange.
/// Begins by remembering (the journal is fed to the loop), then by asking (reconciliation); nothing that adds risk leaves before both have succeeded, and
/// whatever comes while streams are opened waits until the loop has been told that another process has begun.
/// </summary>
public sealed class AccountEngine : IAsyncDisposable
{
    private readonly EngineSetup setup;
    private readonly EngineClock clock;
    private readonly Observers observers;
    private readonly TradingLoop loop;
    private readonly LoopRunner runner;
    private readonly InputQueues queues;
    private readonly CommitGate gate;
    private readonly OrderDesk desk;
    private readonly WakeTimer timer;
    private readonly RequestCount requests = new();
    private readonly MarketIntake market;
    private readonly StreamKeeper streams;
    private readonly Watch watch;
    private readonly TaskCompletionSource<Exception> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool hasReconciled;
    private bool isStopped;
    private volatile bool isDisposed;

    private AccountEngine(EngineSetup setup)
    {
        this.setup = setup;
        clock = new EngineClock(setup.Time) { Offset = setup.Adapter.Health.ClockOffset };
        observers = new Observers(setup.Observers, clock);
        loop = new TradingLoop(setup.Settings);
        runner = new LoopRunner(loop, setup.Journal, clock, observers, setup.Checkpoint) { Failed = Fail };
        queues = new InputQueues(setup.Settings.Markets.Count, setup.Limits, runner.Take);
        gate = new CommitGate(setup.Journal, setup.Time, setup.Limits, setup.Checkpoint) { Broken = Fail };
        timer = new WakeTimer(clock, setup.Time, queues.Answer);
        market = new MarketIntake(setup.Settings, queues, observers);
        desk = new OrderDesk(setup.Adapter, setup.Settings, clock, setup.Time, requests, queues.Answer, setup.Checkpoint);
        gate.Release = desk.Place;
        gate.TurnAway = orders =>
        {
            observers.Notice(AlertLevel.Warning, "commit-late", $"{orders.Count} orders were not sent: their commit took longer than {setup.Limits.CommitPatience.TotalSeconds:0.#} s; they are decided anew");
            desk.TurnAway(orders, "the commit came too late");
        };
        var carrier = new EffectCarrier(gate, desk, new Surveyor(setup.Adapter, setup.Settings, requests, queues.Answer, setup.Checkpoint), timer);
        runner.Carry = (sequence, effects) =>
        {
            carrier.Carry(sequence, effects);
            LetCandlesIn(effects);
        };
        streams = new StreamKeeper(setup, market, new UserIntake(queues, observers, setup.Checkpoint), observers, Fail);
        watch = new Watch(setup, clock, observers);
    }

    public TradingSettings Settings => setup.Settings;

    /// <summary>Completes with the reason when the engine can't go on: a defect, a lost journal, a withdrawn key. It trades no more then; what is open stays.</summary>
    public Task<Exception> Ended => ended.Task;

    /// <summary>Remembers, connects, and begins.</summary>
    /// <exception cref="RunException">The journal does not lead to the state that it recorded.</exception>
    /// <exception cref="StorageException">The journal can't be read.</exception>
    /// <exception cref="ConfigurationException">The settings contradict themselves.</exception>
    public static async Task<AccountEngine> StartAsync(EngineSetup setup, CancellationToken cancellation)
    {
        var engine = new AccountEngine(setup);
        try
        {
            await engine.BeginAsync(cancellation);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives a command; it is taken up in order and journaled like every input.</summary>
    public void Command(TradingInput command) => queues.Signal(command);

    /// <summary>Gives a command, and waits until it is on disk: whoever was told that it was taken finds it after a kill.</summary>
    /// <returns>False where the disk took too long; the command was taken all the same, and is written when the disk can.</returns>
    /// <exception cref="StorageException">The journal will never commit again.</exception>
    public async Task<bool> CommandAsync(TradingInput command, TimeSpan patience)
    {
        queues.Signal(command);
        var taken = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        queues.Visit(() => taken.TrySetResult(runner.Sequence));
        var committed = setup.Journal.CommittedAsync(await taken.Task).AsTask();
        if (await Task.WhenAny(committed, Task.Delay(patience, setup.Time)) != committed)
        {
            return false;
        }

        await committed;
        return true;
    }

    /// <summary>The engine as it stands between two inputs.</summary>
    public async Task<EngineStatus> StatusAsync()
    {
        var seen = new TaskCompletionSource<(Core.Trading.Views.TradingView View, long Sequence)>(TaskCreationOptions.RunContinuationsAsynchronously);
        queues.Visit(() => seen.TrySetResult((loop.View(), runner.Sequence)));
        var (view, sequence) = await seen.Task;
        return new EngineStatus(view, setup.Adapter.Health, sequence, setup.Journal.CommittedSequence, setup.Journal.Trouble?.Message ?? "", queues.Waiting, requests.Open);
    }

    /// <summary>SHA-256 of the state, hex.</summary>
    public async Task<string> FingerprintAsync()
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        queues.Visit(() => seen.TrySetResult(loop.Fingerprint()));
        return await seen.Task;
    }

    /// <summary>An orderly stop: no new decisions, orders left or cancelled as configured, queues drained, everything on disk. Each step has its time; cancelling cuts them short.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (isStopped)
        {
            return;
        }

        isStopped = true;
        queues.Signal(new Stopping(0, setup.CancelOnStop));
        await WaitAsync(async () => !setup.CancelOnStop || (await StatusAsync()).View.Orders.All(order => order.State is Core.Trading.Orders.OrderState.Planned), cancellation);
        await WaitAsync(() => Task.FromResult(requests.Open == 0 && gate.Waiting == 0), cancellation);
        await streams.StopAsync();
        await WaitAsync(() => Task.FromResult(queues.Waiting == 0 && setup.Journal.CommittedSequence >= runner.Sequence), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        // Before the journal gives the account up: whoever takes it over counts on it that nothing is sent any more.
        desk.Close();
        isDisposed = true;
        watch.Dispose();
        timer.Dispose();
        await streams.DisposeAsync();
        await setup.Journal.DisposeAsync();
        await gate.DisposeAsync();
        queues.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        setup.Journal.Name(new JournalNames([.. setup.Settings.Bots.Select(bot => bot.Name)], [.. setup.Settings.Markets.Select(each => each.Instrument.Id.ToString())]));
        var replay = await JournalReplay.RunAsync(loop, setup.Journal, cancellation);
        if (replay.Difference is { } difference)
        {
            throw new RunException(
                $"the journal of {setup.Journal.Identity.Account} does not lead to the state that it recorded: input {difference.Sequence} ({InputCodec.KindOf(difference.Input)}) has other effects now. " +
                $"It was written by '{replay.Fingerprint}', this is '{setup.Fingerprint}'. 'trellis replay' shows the difference; go on with the program that wrote it, or stop its bots there first");
        }

        clock.NotBefore(replay.LastTime);
        for (var index = 0; index < setup.Settings.Markets.Count; index++)
        {
            market.Door(index).Behind(replay.LastCandles[index]);
        }

        await streams.StartAsync(cancellation);
        await FetchCandlesAsync(cancellation);
        var aloneSince = setup.Journal.Identity.LockedAt is { } locked ? clock.Now - (long)setup.Time.GetElapsedTime(locked).TotalMilliseconds : 0;
        List<TradingInput> first = [new Started(0, setup.Fingerprint, aloneSince)];
        for (var index = 0; index < setup.Settings.Markets.Count; index++)
        {
            if ((replay.LastRules[index] ?? setup.Settings.Markets[index].Rules) != setup.RulesNow[index])
            {
                first.Add(new RulesChanged(0, index, setup.RulesNow[index]));
            }
        }

        queues.Begin(first);
        _ = FollowJournalAsync();
        watch.Begin();
    }

    /// <summary>What closed before the streams began: the history of a first start, or what was missed since the last one.</summary>
    private async Task FetchCandlesAsync(CancellationToken cancellation)
    {
        for (var index = 0; index < setup.Settings.Markets.Count; index++)
        {
            await new CandleCatchUp(setup, clock).RunAsync(index, market.Door(index), cancellation);
        }
    }

    /// <summary>The account is understood: the latest candle, which waited for that, asks the bots.</summary>
    private void LetCandlesIn(IReadOnlyList<TradingEffect> effects)
    {
        if (hasReconciled || !effects.Any(effect => effect is Alert { Code: "reconciled" }))
        {
            return;
        }

        hasReconciled = true;
        for (var index = 0; index < setup.Settings.Markets.Count; index++)
        {
            market.Door(index).Open();
        }
    }

    /// <summary>Waits for the end of the journal: another process may have taken the account over while there was nothing to commit.</summary>
    private async Task FollowJournalAsync()
    {
        try
        {
            await setup.Journal.CommittedAsync(long.MaxValue);
        }
        catch (StorageException exception)
        {
            if (!isDisposed)
            {
                Fail(exception);
            }
        }
    }

    private void Fail(Exception exception)
    {
        desk.Close();
        if (ended.TrySetResult(exception))
        {
            observers.Notice(AlertLevel.Critical, exception is StorageException ? "journal-lost" : "engine-stopped", $"{exception.Message}; nothing is traded any more, open orders stay");
        }
    }

    private async Task WaitAsync(Func<Task<bool>> isDone, CancellationToken cancellation)
    {
        var since = setup.Time.GetTimestamp();
        while (!cancellation.IsCancellationRequested && setup.Time.GetElapsedTime(since) < setup.Limits.StopPatience && !await isDone())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), setup.Time, CancellationToken.None);
        }
    }
}
