using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;
using Trellis.Exchanges.Binance.Trading;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>
/// The account's events in the order in which they came; polled while the stream is down. Income is always fetched over REST, where it has its
/// number: the stream only says that there is some, so that nothing is booked twice.
/// </summary>
internal sealed class UserStream : IStreamEvents
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    /// <summary>Between two tellings that something could not be read.</summary>
    private static readonly TimeSpan UnreadableEvery = TimeSpan.FromSeconds(10);

    private readonly BinanceAddresses _addresses;
    private readonly AdapterOptions _options;
    private readonly TimeProvider _time;
    private readonly UserActivity _activity;
    private readonly SerialUserSink _sink;
    private readonly StreamStatus _status;
    private readonly ListenKey _key;
    private readonly UserPoller _poller;
    private readonly IncomeFetcher _income;
    private readonly IReadOnlyList<InstrumentId> _instruments;
    private long _unreadable;
    private long _lastData;
    private volatile bool _untold;
    private long? _toldUnreadableAt;
    private volatile string? _end;

    public UserStream(
        BinanceAddresses addresses, AdapterOptions options, BinanceRest rest, AccountHistory history, SnapshotTaker snapshots, OrderFinder finder, UserActivity activity, TimeProvider time, IReadOnlyList<InstrumentId> instruments, IUserSink sink)
    {
        (_addresses, _options, _time, _activity, _instruments) = (addresses, options, time, activity, instruments);
        _sink = new SerialUserSink(sink);
        _status = new StreamStatus(1, _sink.Lost, _sink.Restored);
        _key = new ListenKey(rest, time);
        _poller = new UserPoller(rest.Clock, history, snapshots, finder, instruments, _sink);
        _income = new IncomeFetcher(history, rest.Clock, time, _sink);
    }

    public bool IsUp => _status.IsUp;

    /// <summary>When an event last came, our clock in Unix milliseconds; 0 before.</summary>
    public long LastData => Volatile.Read(ref _lastData);

    /// <summary>Messages that could not be read.</summary>
    public long Unreadable => Volatile.Read(ref _unreadable);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var parts = new List<Task> { TendAsync(ending.Token), _income.RunAsync(ending.Token) };
        if (!_options.PollOnly)
        {
            parts.Add(new StreamLoop("user stream", _time, MarketStream.WatchEvery(_options.SilenceLimit)).RunAsync(FindAddressAsync, this, ending.Token));
        }

        try
        {
            await await Task.WhenAny(parts);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(parts).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    public void Opened()
    {
        _end = null;
        _activity.Told();
        _status.Up(0);
    }

    public void Frame(ReadOnlySpan<byte> frame)
    {
        Volatile.Write(ref _lastData, _time.GetUtcNow().ToUnixTimeMilliseconds());
        if (!WireMessage.TryParse(frame, out var document, out var message))
        {
            NoteUnreadable();
            return;
        }

        using (document)
        {
            try
            {
                Take(UserEvent.Read(message));
            }
            catch (WireFormatException)
            {
                NoteUnreadable();
            }
        }
    }

    public void Lost(string why)
    {
        _activity.Told();
        _status.Down(0, why);
    }

    public string? Check(TimeSpan sinceData) => _end
        ?? (_activity.IsOverdue(_options.SilenceLimit) ? $"it told nothing of an order that was accepted {_options.SilenceLimit.TotalSeconds:0.#} s ago" : null);

    private void Take(in UserEvent told)
    {
        if (told.KeyExpired)
        {
            _end = "the listen key expired";
            return;
        }

        if (told.Order is not null)
        {
            _activity.Told();
        }

        if (told.Fill is { } fill && _instruments.Contains(fill.Instrument))
        {
            _sink.Fill(fill);
        }

        if (told.Order is { } order && _instruments.Contains(order.Instrument))
        {
            _sink.Order(order);
        }

        if (told.WalletChangedAt > 0)
        {
            _income.Want(told.WalletChangedAt);
        }
    }

    private async Task<Uri> FindAddressAsync(CancellationToken cancellation) =>
        new(_addresses.Streams, $"/private/ws?listenKey={Uri.EscapeDataString(await _key.GetAsync(cancellation))}");

    /// <summary>Renews the key, polls while the stream is down, and tells what could not be read.</summary>
    private async Task TendAsync(CancellationToken cancellation)
    {
        var polledAt = (long?)null;
        while (true)
        {
            TellUnreadable();
            if (_options.PollOnly || !_status.IsUp)
            {
                if (polledAt is not { } at || _time.GetElapsedTime(at) >= _poller.Pause(_options.PollEvery))
                {
                    polledAt = _time.GetTimestamp();
                    await PollAsync(cancellation);
                }
            }
            else
            {
                _poller.Rest();
                if (!await _key.KeepAsync(cancellation))
                {
                    _end = "the exchange no longer knows the listen key";
                }
            }

            await Task.Delay(Glance < _options.PollEvery ? Glance : _options.PollEvery, _time, cancellation);
        }
    }

    private async Task PollAsync(CancellationToken cancellation)
    {
        try
        {
            await _poller.PollAsync(cancellation);
            Volatile.Write(ref _lastData, _time.GetUtcNow().ToUnixTimeMilliseconds());
            if (_options.PollOnly)
            {
                _income.Poll();
                _status.Up(0);
            }
        }
        catch (ExchangeException error)
        {
            if (_options.PollOnly)
            {
                _status.Down(0, $"polling: {error.Message}");
            }
        }
    }

    private void NoteUnreadable()
    {
        Interlocked.Increment(ref _unreadable);
        _untold = true;
    }

    /// <summary>What could not be read may have been a fill: whoever listens must ask for everything. Told at once, then at most every few seconds.</summary>
    private void TellUnreadable()
    {
        if (!_untold || (_toldUnreadableAt is { } at && _time.GetElapsedTime(at) < UnreadableEvery))
        {
            return;
        }

        _untold = false;
        _toldUnreadableAt = _time.GetTimestamp();
        if (_status.IsUp)
        {
            _status.Down(0, $"user stream: {Unreadable} messages could not be read");
            _status.Up(0);
        }
    }
}
