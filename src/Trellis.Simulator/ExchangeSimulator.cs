using System.Net;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Control;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Keeping;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets;
using Trellis.Simulator.Recording;

namespace Trellis.Simulator;

/// <summary>The whole exchange in one process: engine, market, venue and server, started and stopped in order.</summary>
public sealed class ExchangeSimulator : IAsyncDisposable
{
    /// <summary>The part of a state file that says where in time the market was put.</summary>
    private const string AnchorPart = "market-anchor";

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IAsyncDisposable> _open = [];
    private readonly List<Task> _failures = [];
    private readonly List<Task> _running = [];
    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private StateKeeper? _keeper;
    private SimulatedExchange? _exchange;
    private readonly TaskCompletionSource<VenueHandler> _handler = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<LoopbackServer>? _serving;
    private LoopbackServer? _server;

    private ExchangeSimulator(SimulatorOptions options, TimeProvider time, Action<string> say)
    {
        Options = options;
        _time = time;
        _say = say;
    }

    public SimulatorOptions Options { get; }

    /// <summary>Where it listens; the port is never 0.</summary>
    public IPEndPoint EndPoint => _server!.EndPoint;

    public IReadOnlyList<MatchingInstrument> Instruments { get; private set; } = [];

    /// <summary>Starts everything; when it returns, clients can connect.</summary>
    /// <param name="time">Says the time of day.</param>
    /// <param name="say">Takes sentences for the person at the screen, from any thread.</param>
    /// <exception cref="Core.TrellisException">Options, data, state file or port are not as they must be.</exception>
    public static async Task<ExchangeSimulator> StartAsync(SimulatorOptions options, TimeProvider time, Action<string> say)
    {
        var simulator = new ExchangeSimulator(options, time, say);
        try
        {
            await simulator.StartAsync();
            return simulator;
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs until it is cancelled, then stops in order.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, and everything is stopped, closed and on disk.</exception>
    /// <exception cref="Core.RunException">Something that it can't do without broke, such as the disk of the state file.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var cancelled = Task.Delay(Timeout.InfiniteTimeSpan, _time, watch.Token);
        var ended = await Task.WhenAny([cancelled, .. _running, .. _failures]);
        await watch.CancelAsync();
        try
        {
            await StopAsync();
        }
        finally
        {
            // What broke first is what a person must hear of.
            await ended;
        }
    }

    /// <summary>Closes streams, takes no more requests, lets the last events out, and writes the last snapshot.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        if (_server is not null)
        {
            await _server.StopAsync();
        }

        await Task.WhenAll(_running);
        await _exchange!.QuietAsync();
        if (_keeper is not null && _exchange is { Failure.IsCompleted: false })
        {
            await _keeper.SnapshotAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _handler.TrySetCanceled();
        if (_serving is not null)
        {
            await Task.WhenAny(_serving);
            await (_serving.IsCompletedSuccessfully ? _serving.Result.DisposeAsync() : ValueTask.CompletedTask);
        }

        // What they failed with, whoever ran the simulator has been told.
        await Task.WhenAny(Task.WhenAll(_running));
        while (_open.Count > 0)
        {
            var last = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            await last.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private async Task StartAsync()
    {
        // The server starts beside the rest, and is there before a file is touched: a taken port changes nothing. Who comes early waits.
        _serving = Task.Run(() => LoopbackServer.StartAsync(Options.EndPoint, async context => await (await _handler.Task).HandleAsync(context)));
        _keeper = Options.StateFile is { } path ? Opened(StateKeeper.Open(path)) : null;
        var plan = MarketPlan.Load(Options.Market, _time.GetUtcNow(), _keeper?.Found?.Part(AnchorPart) is { } anchor ? MarketAnchor.FromBytes(anchor) : null);
        Tell(plan);
        Instruments = plan.Instruments;
        var marketData = new MarketDataStore();
        var engine = Restore(plan, marketData, out var names);
        var faults = FaultPlan.Load(Options.FaultsFile, Options.Market.Seed, Instruments, _time);
        _server = await _serving;
        var log = _keeper?.Start(engine, KeptSettings(plan, names), [marketData]);
        log?.AppendPart(AnchorPart, plan.Anchor.ToBytes());

        var activity = new ClientActivity(_time);
        var clock = new SimulatorClock(_time, engine.Time, () => faults.ClockSkew);
        _exchange = Opened(new SimulatedExchange(engine, clock, (ICommandLog?)log ?? new NoCommandLog(), [marketData]));
        _failures.Add(_exchange.Failure);
        _keeper?.Attach(_exchange);
        faults.Attach(_exchange, clock);
        var venue = Venue(marketData, clock, faults, activity, log, AccountOpening.Credentials(names, Options.Accounts));
        var driver = new MarketDriver(plan, _exchange, clock, marketData, activity, _time, _say)
        {
            BeforeStep = _ =>
            {
                faults.Advance();
                return ValueTask.CompletedTask;
            },
        };
        // The market's first steps are taken before the first client looks.
        _running.Add(driver.RunAsync(_stopping.Token));
        _running.Add(faults.RunAsync(_stopping.Token));
        await _exchange.QuietAsync();
        var control = new ControlApi(new ControlContext
        {
            Token = Options.ControlToken,
            Exchange = _exchange,
            Driver = driver,
            Clock = clock,
            MarketData = marketData,
            Faults = faults,
            Activity = activity,
            Accounts = names.Index().ToDictionary(entry => entry.Item, entry => new AccountId(entry.Index + 1), StringComparer.Ordinal),
        });
        _handler.SetResult(new VenueHandler(venue, activity, control.TryHandleAsync));
    }

    private MatchingEngine Restore(MarketPlan plan, MarketDataStore marketData, out IReadOnlyList<string> names)
    {
        var wanted = KeptSettings(plan, [.. Options.Accounts.Select(account => account.Name)]);
        var engine = _keeper?.Restore(plan.Settings, wanted, [marketData]) ?? new MatchingEngine(plan.Settings);
        if (_keeper?.Found is null)
        {
            for (var instrument = 0; instrument < plan.Instruments.Count; instrument++)
            {
                marketData.Seed(instrument, plan.History(instrument, plan.StartTime));
            }
        }

        names = AccountOpening.Open(engine, _keeper?.Found?.Settings.Accounts ?? [], Options);
        return engine;
    }

    private KeptSettings KeptSettings(MarketPlan plan, IReadOnlyList<string> names) => new()
    {
        Exchange = Options.Market.Listings.Exchange,
        FillRule = plan.Settings.FillRule,
        SlippagePercent = plan.Settings.SlippagePercent,
        HistoryLength = plan.Settings.HistoryLength,
        Market = plan.Anchor.Market,
        Instruments = plan.Instruments,
        Accounts = names,
        StartTime = plan.Settings.StartTime,
        Program = Options.Program,
    };

    private IVenue Venue(MarketDataStore marketData, SimulatorClock clock, IFaultPoints faults, ClientActivity activity, StateLog? log, IReadOnlyList<ApiCredential> credentials)
    {
        var keeping = new VenueKeeping(log);
        var venue = Opened(Options.OpenVenue(new VenueContext
        {
            Exchange = _exchange!,
            MarketData = marketData,
            Clock = clock,
            Faults = faults,
            Recorder = Recorder(),
            Time = _time,
            Credentials = credentials,
            Activity = activity,
            StateChanged = keeping.StateChangedAsync,
            Stopping = _stopping.Token,
        }));
        keeping.Attach(venue, _keeper?.Found);
        return venue;
    }

    private IWireRecorder Recorder()
    {
        if (Options.RecordFile is not { } path)
        {
            return new NoRecorder();
        }

        var secrets = Options.Accounts.SelectMany(account => new KeyValuePair<string, string>[] { new(account.Secret, "***"), new(account.Passphrase, "***"), new(account.Key, $"key-of-{account.Name}") })
            .Where(secret => secret.Key.Length > 0);
        var recorder = Opened(new WireRecorder(path, [.. secrets, new(Options.ControlToken, "***")], _time));
        _failures.Add(recorder.Failure);
        return recorder;
    }

    private void Tell(MarketPlan plan)
    {
        if (_keeper?.Found is { } found)
        {
            _say($"goes on with {Options.StateFile}: {found.Commands.Count} commands since its last snapshot"
                + (found.TornBytes > 0 ? $"; its last {found.TornBytes} bytes were cut off: a kill left them half written, and nobody had an answer to them" : ""));
        }

        foreach (var notice in plan.Notices)
        {
            _say(notice);
        }
    }

    private T Opened<T>(T part)
        where T : IAsyncDisposable
    {
        _open.Add(part);
        return part;
    }
}
