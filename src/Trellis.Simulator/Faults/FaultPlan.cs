using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Core.Numerics;
using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Faults;

/// <summary>
/// Faults by a plan: the same plan, seed and sequence of requests and messages give the same faults. Where several rules would meet
/// one request or message, the first of the plan does; delays add up. Safe to use from any thread.
/// </summary>
public sealed class FaultPlan : IFaultPoints
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<MatchingInstrument> _instruments;
    private readonly long _seed;
    private readonly FaultSignals _signals = new();
    private ActiveFault[] _faults = [];
    private ExchangeFaults? _exchange;
    private ISimulatorClock? _clock;
    private long _skew;
    private bool _inMaintenance;

    private FaultPlan(FaultFile.Content content, long seed, IReadOnlyList<MatchingInstrument> instruments, TimeProvider time)
    {
        _time = time;
        _instruments = instruments;
        _seed = content.Seed ?? seed;
        _faults = [.. content.Rules.Select(Activate)];
    }

    /// <param name="path">The file; null for a plan without faults, to which some can be added.</param>
    /// <param name="seed">Where the file has none of its own.</param>
    /// <param name="instruments">In the order of the exchange.</param>
    /// <exception cref="DataException">The file can't be read.</exception>
    /// <exception cref="ConfigurationException">Something is wrong with it; all of that at once.</exception>
    public static FaultPlan Load(string? path, long seed, IReadOnlyList<MatchingInstrument> instruments, TimeProvider time) =>
        new(path is null ? new FaultFile.Content(null, []) : FaultFile.Read(path, instruments), seed, instruments, time);

    /// <exception cref="ConfigurationException">Something is wrong with the text; all of that at once.</exception>
    public static FaultPlan Parse(ReadOnlyMemory<byte> text, long seed, IReadOnlyList<MatchingInstrument> instruments, TimeProvider time) =>
        new(FaultFile.Parse(text, "faults", [], instruments), seed, instruments, time);

    public long ClockSkew
    {
        get
        {
            lock (_gate)
            {
                return _skew + Holding(FaultKind.ClockSkew).Sum(fault => (long)fault.Rule.Delay.TotalMilliseconds);
            }
        }
    }

    public double LimitFactor
    {
        get
        {
            lock (_gate)
            {
                return Holding(FaultKind.LimitSqueeze).Aggregate(1.0, (factor, fault) => factor * fault.Rule.Factor);
            }
        }
    }

    public bool InMaintenance
    {
        get
        {
            lock (_gate)
            {
                return _inMaintenance || Holding(FaultKind.Maintenance).Count > 0;
            }
        }
    }

    public bool KeysAreWithdrawn { get; private set; }

    public long BannedUntil { get; private set; }

    /// <summary>In the plan's order.</summary>
    public IReadOnlyList<FaultStatus> Status
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults.Select(fault => fault.StatusAt(Day, Market))];
            }
        }
    }

    private long Day => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private long Market => _clock?.MarketTime ?? long.MinValue;

    /// <summary>Connects the plan with the exchange whose rules, fills and trading it may change. Until then market time does not count.</summary>
    public void Attach(SimulatedExchange exchange, ISimulatorClock clock)
    {
        _exchange = new ExchangeFaults(exchange, _instruments);
        _clock = clock;
    }

    /// <summary>Looks every 20 ms whether something is due, until it is cancelled, which it answers by returning.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                Advance();
                await Task.Delay(Glance, _time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    /// <summary>Does what is due by now: signals, and what changes the exchange itself. To be called before the market's steps as well.</summary>
    public void Advance()
    {
        var due = new List<Action>();
        lock (_gate)
        {
            foreach (var fault in _faults)
            {
                Advance(fault, due);
            }
        }

        due.ForEach(action => action());
    }

    public RequestFault BeforeRequest(in RequestFacts facts, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        var met = RequestFault.None;
        lock (_gate)
        {
            foreach (var fault in _faults)
            {
                if (!fault.Rule.Match.Meets(facts))
                {
                    continue;
                }

                if (fault.Stage == FaultStage.Request && !(facts.IsReduceOnly && fault.Rule is { Kind: FaultKind.Overloaded, SparesReduceOnly: true })
                    && fault.Strikes(Day, Market))
                {
                    fault.Meet(ref met, fault.Rule.Kind.ToRequestFault(), ref delay);
                }

                // The answer's rules count when the answer is there.
                if (fault.Stage is not (FaultStage.Answer or FaultStage.Signal))
                {
                    fault.Count();
                }
            }
        }

        return met;
    }

    public AnswerFault AfterRequest(in RequestFacts facts, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        var met = AnswerFault.None;
        var due = new List<Action>();
        lock (_gate)
        {
            foreach (var fault in _faults)
            {
                var matches = fault.Rule.Match.Meets(facts);
                if (matches && fault.Stage == FaultStage.Answer && fault.Strikes(Day, Market))
                {
                    fault.Meet(ref met, fault.Rule.Kind.ToAnswerFault(), ref delay);
                }
                else if (matches && fault is { Stage: FaultStage.Signal, IsRepeated: true } && fault.Strikes(Day, Market))
                {
                    Raise(fault, due);
                }

                if (matches && fault.Stage is FaultStage.Answer or FaultStage.Signal)
                {
                    fault.Count();
                }

                Advance(fault, due);
            }
        }

        due.ForEach(action => action());
        return met;
    }

    public FrameFault OnFrame(in FrameFacts facts)
    {
        if (Volatile.Read(ref _faults).Length == 0)
        {
            return FrameFault.None;
        }

        var met = FrameFault.None;
        var hit = false;
        lock (_gate)
        {
            foreach (var fault in _faults)
            {
                if (fault.Stage == FaultStage.Message && fault.Rule.Match.Meets(facts) && fault.Strikes(Day, Market) && !hit)
                {
                    hit = true;
                    fault.Fire();
                    met = fault.Rule.ToFrameFault();
                }
            }
        }

        return met;
    }

    public bool StreamsAreSilent(bool userData)
    {
        if (Volatile.Read(ref _faults).Length == 0)
        {
            return false;
        }

        lock (_gate)
        {
            return Holding(FaultKind.SilentStreams).Exists(fault =>
                fault.Rule.Streams == FaultStreams.All || fault.Rule.Streams == (userData ? FaultStreams.User : FaultStreams.Market));
        }
    }

    public void OnSignal(Action<FaultSignal> handler) => _signals.Add(handler);

    /// <summary>Raises a signal at once.</summary>
    public void Signal(FaultSignal signal) => _signals.Raise(signal);

    /// <summary>Skews the clock beside what the plan does.</summary>
    public void Skew(long milliseconds)
    {
        lock (_gate)
        {
            _skew = milliseconds;
        }
    }

    /// <summary>Begins or ends a maintenance beside what the plan does.</summary>
    public void Maintain(bool on)
    {
        lock (_gate)
        {
            _inMaintenance = on;
        }

        if (on)
        {
            Signal(FaultSignal.CloseAllStreams);
        }
    }

    /// <summary>Takes the rights of all keys, or gives them back.</summary>
    public void Withdraw(bool keys)
    {
        lock (_gate)
        {
            KeysAreWithdrawn = keys;
        }
    }

    /// <summary>Shuts every address out.</summary>
    /// <param name="until">Unix milliseconds; 0 lets all in again.</param>
    public void Ban(long until)
    {
        lock (_gate)
        {
            BannedUntil = until;
        }
    }

    /// <summary>Adds faults from a text of the same form as the file.</summary>
    /// <returns>Their ids.</returns>
    /// <exception cref="ConfigurationException">Something is wrong with the text; all of that at once, and nothing is added.</exception>
    public IReadOnlyList<string> Add(ReadOnlyMemory<byte> text)
    {
        IReadOnlyList<string> ids;
        lock (_gate)
        {
            var content = FaultFile.Parse(text, "request", _faults.Select(fault => fault.Rule.Id), _instruments);
            Volatile.Write(ref _faults, [.. _faults, .. content.Rules.Select(Activate)]);
            ids = [.. content.Rules.Select(rule => rule.Id)];
        }

        Advance();
        return ids;
    }

    /// <summary>Takes a fault out of the plan, or all with null; what one did to the exchange is undone.</summary>
    /// <returns>How many were taken out.</returns>
    public int Remove(string? id)
    {
        List<ActiveFault> gone;
        lock (_gate)
        {
            gone = [.. _faults.Where(fault => id is null || fault.Rule.Id == id)];
            Volatile.Write(ref _faults, [.. _faults.Except(gone)]);
        }

        gone.ForEach(fault => fault.Revert?.Invoke());
        return gone.Count;
    }

    private void Advance(ActiveFault fault, List<Action> due)
    {
        switch (fault.Stage)
        {
            case FaultStage.Signal when !fault.IsRepeated && fault.IsOpen(Day, Market):
                Raise(fault, due);
                break;
            case FaultStage.Condition when fault.Rule.Kind == FaultKind.Maintenance && fault.Holds(Day, Market) != fault.IsApplied:
                fault.IsApplied = !fault.IsApplied;
                if (fault.IsApplied)
                {
                    due.Add(() => Signal(FaultSignal.CloseAllStreams));
                }

                break;
            case FaultStage.Exchange when _exchange is { } exchange && fault.Holds(Day, Market) != fault.IsApplied:
                fault.IsApplied = !fault.IsApplied;
                due.Add(fault.IsApplied ? () => fault.Revert = exchange.Apply(fault.Rule) : () => fault.Revert?.Invoke());
                break;
            default:
                break;
        }
    }

    private void Raise(ActiveFault fault, List<Action> due)
    {
        fault.Fire();
        var signal = fault.Rule.ToSignal();
        due.Add(() => Signal(signal));
    }

    private List<ActiveFault> Holding(FaultKind kind)
    {
        var holding = new List<ActiveFault>();
        foreach (var fault in _faults)
        {
            if (fault.Rule.Kind == kind && fault.Holds(Day, Market))
            {
                holding.Add(fault);
            }
        }

        return holding;
    }

    private ActiveFault Activate(FaultRule rule) => new(rule, new DeterministicRandom(StableHash.Of(rule.Id, _seed)), Day);
}
