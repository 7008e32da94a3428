using System.Threading.Channels;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Orders;

namespace Trellis.Exchanges.Paper;

/// <summary>
/// The matching engine of a paper account behind one lock. What a command or a quote changed is on disk before anybody is told. Quotes that changed nothing for the account are kept in memory
/// until something does.
/// </summary>
internal sealed class PaperExchange : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PaperFile _file;
    private readonly MatchingEngine _engine;
    private readonly List<long> _fundedUntil;
    private readonly Func<long> _now;
    private readonly Dictionary<InstrumentId, int> _indexes = [];
    private readonly PaperCourse[] _courses;
    private readonly List<Channel<object>> _listeners = [];
    private long _keptAt;
    private RunException? _failure;

    private PaperExchange(PaperFile file, MatchingEngine engine, List<long> fundedUntil, Func<long> now)
    {
        (_file, _engine, _fundedUntil, _now) = (file, engine, fundedUntil, now);
        _courses = [.. engine.Instruments.Select(static _ => new PaperCourse())];
        for (var i = 0; i < _courses.Length; i++)
        {
            _indexes.Add(engine.Instruments[i].Instrument.Id, i);
        }

        Reports = new PaperReports(engine, PaperOpening.Account);
        _keptAt = engine.Time;
        LookAtAccount();
    }

    public PaperReports Reports { get; }

    /// <exception cref="TrellisException">The file is in use, damaged, or can't be written.</exception>
    public static PaperExchange Open(PaperOptions options, IReadOnlyList<Instrument> instruments, Func<long> now, Func<InstrumentId, decimal> priceOf)
    {
        var file = PaperFile.Take(options.StatePath);
        try
        {
            var (engine, fundedUntil) = PaperOpening.Open(file.Read(), instruments, options, now(), priceOf);
            var exchange = new PaperExchange(file, engine, fundedUntil, now);
            file.Replace(exchange.Capture());
            return exchange;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Why it can't go on; null while it does.</summary>
    public string? Failure => Volatile.Read(ref _failure)?.Message;

    public int? Find(InstrumentId instrument) => _indexes.TryGetValue(instrument, out var index) ? index : null;

    /// <summary>Whether there are prices of an instrument that can be relied on.</summary>
    public bool HasPrice(int instrument) => _courses[instrument].IsLive;

    /// <summary>Prices so far can't be relied on any more, or can again.</summary>
    public void Trust(bool prices)
    {
        foreach (var course in _courses)
        {
            course.IsLive = prices && course.HasQuote;
        }
    }

    /// <summary>Looks at the engine between two commands; all that it shows is on disk.</summary>
    /// <exception cref="RunException">The exchange has stopped.</exception>
    public T Read<T>(Func<MatchingEngine, T> query)
    {
        lock (_gate)
        {
            Demand();
            return query(_engine);
        }
    }

    /// <summary>Carries a command out; what came of it is on disk when this returns.</summary>
    /// <param name="command">Makes it for a time, Unix milliseconds.</param>
    /// <exception cref="RunException">The exchange has stopped, or stops now: then the command may have been kept.</exception>
    public Outcome<object> Execute(Func<long, MatchingCommand> command)
    {
        lock (_gate)
        {
            Demand();
            var made = command(Now());
            var outcome = Apply(made);
            Keep([made]);
            return outcome;
        }
    }

    /// <summary>The best prices of the exchange outside are these now.</summary>
    public void Quote(InstrumentId id, decimal bid, decimal ask)
    {
        if (Find(id) is not { } instrument || bid <= 0 || ask < bid)
        {
            return;
        }

        lock (_gate)
        {
            if (_failure is not null)
            {
                return;
            }

            var course = _courses[instrument];
            var commands = new List<MatchingCommand>();
            PaperQuotes.Follow(_engine, PaperOpening.Account, instrument, bid, ask, course.Resting, Now(), command =>
            {
                commands.Add(command);
                Apply(command);
            });
            course.HasQuote = true;
            course.IsLive = true;
            if (_engine.Events.TrueForAll(static happened => happened is MarkPriceChanged))
            {
                course.Unkept = commands;
                Forget();
            }
            else
            {
                Keep(commands);
            }
        }
    }

    /// <summary>Pays the fundings that are later than the last one that was paid.</summary>
    public void Pay(int instrument, IReadOnlyList<FundingRate> rates)
    {
        lock (_gate)
        {
            Demand();
            var now = Now();
            foreach (var rate in rates.Where(rate => rate.Time > _fundedUntil[instrument] && rate.Time <= now).OrderBy(static rate => rate.Time))
            {
                var paid = new PaidFunding(new SettleFunding(now, instrument, rate.Rate, rate.MarkPrice ?? _engine.MarkPrice(instrument)), rate.Time);
                Apply(paid.Command);
                _fundedUntil[instrument] = rate.Time;
                Keep([paid]);
            }
        }
    }

    /// <summary>Time of the last funding that was paid, Unix milliseconds.</summary>
    public long FundedUntil(int instrument)
    {
        lock (_gate)
        {
            return _fundedUntil[instrument];
        }
    }

    /// <summary>Everything that happens to the account from now on, in order, until <see cref="Leave"/>; ends with the error that stops the exchange.</summary>
    public Channel<object> Listen()
    {
        var channel = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            Demand();
            _listeners.Add(channel);
        }

        return channel;
    }

    public void Leave(Channel<object> channel)
    {
        lock (_gate)
        {
            _listeners.Remove(channel);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _failure ??= new RunException("the paper exchange is closed");
            _file.Dispose();
        }
    }

    private Outcome<object> Apply(MatchingCommand command)
    {
        try
        {
            return _engine.Apply(command);
        }
        catch (Exception error)
        {
            // Half a command may be carried out: nothing that follows could be trusted, or kept.
            throw Fail(new RunException($"the paper exchange stops: {command.GetType().Name} could not be carried out: {error.Message}", error));
        }
    }

    /// <summary>Writes what changed something, with the quotes that it was based on, and tells of it.</summary>
    private void Keep(IEnumerable<object> entries)
    {
        try
        {
            _file.Append([.. UnkeptQuotes(), .. entries]);
            if (_file.IsReplacementDue)
            {
                _file.Replace(Capture());
            }
        }
        catch (RunException error)
        {
            throw Fail(error);
        }

        _keptAt = _engine.Time;
        LookAtAccount();
        foreach (var report in _listeners.Count == 0 ? [] : _engine.Events.SelectMany(Reports.Of))
        {
            _listeners.ForEach(listener => listener.Writer.TryWrite(report));
        }

        Forget();
    }

    /// <summary>
    /// Those that gained the account something first: so no step between shows less margin than there was before or is now, and nothing
    /// is liquidated when the file is read that was not.
    /// </summary>
    private IEnumerable<MatchingCommand> UnkeptQuotes() => _courses
        .Where(static course => course.Unkept.Count > 0)
        .OrderByDescending(static course => course.Gain)
        .SelectMany(static course => course.Unkept)
        .Select(command => command with { Time = _keptAt });

    /// <summary>Notes what later quotes are held against.</summary>
    private void LookAtAccount()
    {
        var positions = _engine.Summarize(PaperOpening.Account).Positions;
        for (var i = 0; i < _courses.Length; i++)
        {
            var open = _engine.OpenOrders(PaperOpening.Account, i);
            var multiplier = _engine.Instruments[i].Instrument.ContractMultiplier;
            _courses[i].Kept(
                open.Where(static order => order.Request.Side == Side.Buy).Select(static order => order.Request.Price).DefaultIfEmpty(0m).Max(),
                open.Where(static order => order.Request.Side == Side.Sell).Select(static order => order.Request.Price).DefaultIfEmpty(decimal.MaxValue).Min(),
                positions.Where(position => position.Instrument == i).Sum(static position => position.Quantity) * multiplier,
                _engine.MarkPrice(i));
        }
    }

    private void Forget()
    {
        _engine.Events.Clear();
        _engine.LevelChanges.Clear();
    }

    private void Demand()
    {
        if (_failure is { } failure)
        {
            throw new RunException(failure.Message, failure);
        }
    }

    private RunException Fail(RunException error)
    {
        Volatile.Write(ref _failure, error);
        _listeners.ForEach(listener => listener.Writer.TryComplete(error));
        return error;
    }

    private PaperState Capture() => new() { Instruments = _engine.Settings.Instruments, FundedUntil = [.. _fundedUntil], Engine = _engine.Capture() };

    private long Now() => Math.Max(_engine.Time, _now());
}
