using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trellis.Simulator.Connections;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Venues.Binance.Streams.User;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>
/// Binance's USDⓈ-M streams: connections, what they subscribed to, and what the exchange's events mean to them. It must observe the
/// exchange after the market data store.
/// </summary>
public sealed class StreamHub : IExchangeObserver, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly FrameBuffer _buffer = new();
    private readonly VenueContext _context;
    private readonly SymbolTable _symbols;
    private readonly StreamFeed _feed;
    private readonly StreamRegistry _registry;
    private readonly UserStreams _users;
    private readonly ConnectionServices _services;
    private readonly HashSet<StreamSession> _sessions = [];
    private readonly ITimer _timer;
    private readonly long _startedAt;
    private long _lastConnection;
    private long _nextWatch;
    private int _beating;
    private bool _disposed;

    public StreamHub(VenueContext context, SymbolTable symbols, ListenKeys listenKeys, StreamSettings? settings = null)
    {
        Settings = settings ?? new StreamSettings();
        _context = context;
        _symbols = symbols;
        _feed = new StreamFeed(symbols, context.MarketData, context.Exchange, context.Clock, _buffer);
        _registry = new StreamRegistry(_feed);
        _users = new UserStreams(_feed, listenKeys);
        _services = new ConnectionServices(context.Time, context.Faults, context.Recorder, Settings.Connection);
        _startedAt = context.Time.GetTimestamp();
        listenKeys.OnEnded((key, expired) => Locked(_ => _users.End(key, expired)));
        context.Faults.OnSignal(OnSignal);
        context.Activity.Watch(() => QueuedFrames, () => UserStreams, () => Connections);
        _timer = context.Time.CreateTimer(static state => ((StreamHub)state!).Beat(), this, Settings.Beat, Settings.Beat);
    }

    public StreamSettings Settings { get; }

    /// <summary>Open connections.</summary>
    public int Connections => Read(() => _sessions.Count);

    /// <summary>Connections that listen to a user's own events.</summary>
    public int UserStreams => Read(() => _users.Connections);

    /// <summary>Messages that have not left yet, over all connections.</summary>
    public int QueuedFrames => Read(() => _sessions.Sum(session => session.Connection.QueuedFrames));

    public void Observe(EventBatch batch) => Locked(_ =>
    {
        if (_disposed)
        {
            return;
        }

        _registry.Observe(batch);
        _users.Observe(batch);
    });

    /// <inheritdoc/>
    public void EndCandle(long time) => Locked(_ =>
    {
        if (!_disposed)
        {
            _registry.Flush();
        }
    });

    /// <summary>Takes over a stream connection, and completes when it has ended; false where the path is none of the streams'.</summary>
    public async ValueTask<bool> TryHandleAsync(HttpContext context)
    {
        if (StreamRequest.Parse(context.Request) is not { } request)
        {
            return false;
        }

        if (!WebSocketUpgrade.IsRequested(context) || _context.Faults.InMaintenance)
        {
            context.Response.StatusCode = _context.Faults.InMaintenance ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest;
            return true;
        }

        var stream = await WebSocketUpgrade.AcceptAsync(context);
        if (await ServeAsync(stream, request, _context.Stopping))
        {
            context.Abort();
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        CloseAll(static _ => true, "the server stops");
        Locked(buffer =>
        {
            _disposed = true;
            buffer.Dispose();
        });
    }

    /// <summary>Serves a client on an open WebSocket; true where it had to be cut off.</summary>
    internal async Task<bool> ServeAsync(Stream stream, StreamRequest request, CancellationToken stopping)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"binance-stream-{Interlocked.Increment(ref _lastConnection)}");
        using var connection = new ClientConnection(stream, name, _services);
        var session = new StreamSession(connection, request, this);
        Locked(_ => Open(session));
        try
        {
            await connection.RunAsync(session, stopping);
        }
        finally
        {
            Locked(_ => End(session));
        }

        return connection.WasCut;
    }

    /// <summary>Does something that no event, request or beat may come between.</summary>
    internal void Locked(Action<FrameBuffer> action)
    {
        lock (_gate)
        {
            action(_buffer);
        }
    }

    /// <summary>Subscribes to a market stream or a listen key; null where the session's route never says anything under that name.</summary>
    internal Subscription? Subscribe(StreamSession session, string name)
    {
        var route = session.Request.Route;
        if (StreamName.TryParse(name, _symbols, out var stream))
        {
            return route.Pushes(stream) ? _registry.Subscribe(session, stream) : null;
        }

        if (route.PushesUserData())
        {
            _users.Listen(session, new KeyRequest(name, null));
        }

        return null;
    }

    internal void Unsubscribe(StreamSession session, string name, Subscription? subscription)
    {
        if (subscription is not null)
        {
            _registry.Unsubscribe(subscription);
        }

        _users.Ignore(session, name);
    }

    private void Open(StreamSession session)
    {
        _sessions.Add(session);
        if (session.Request.Route.PushesUserData())
        {
            foreach (var key in session.Request.Keys)
            {
                _users.Listen(session, key);
            }
        }

        if (!session.Subscribe(session.Request.Names))
        {
            session.Connection.Close(WebSocketCloseCode.PolicyViolation, $"a connection may have {Settings.StreamsPerConnection} streams");
        }
    }

    private void End(StreamSession session)
    {
        foreach (var subscription in session.Subscriptions)
        {
            _registry.Unsubscribe(subscription);
        }

        _users.Ignore(session);
        _sessions.Remove(session);
    }

    private void Beat()
    {
        // A beat that takes long must not be met by the next.
        if (Interlocked.Exchange(ref _beating, 1) != 0)
        {
            return;
        }

        try
        {
            var now = (long)_context.Time.GetElapsedTime(_startedAt).TotalMilliseconds;
            Locked(_ => Tick(now));
            if (now >= _nextWatch)
            {
                _nextWatch = now + 1_000;
                Watch();
            }
        }
        finally
        {
            Volatile.Write(ref _beating, 0);
        }
    }

    private void Tick(long now)
    {
        if (!_disposed)
        {
            _registry.Tick(now);
        }
    }

    private void Watch()
    {
        _users.ExpireDue();
        StreamSession[] sessions = [];
        Locked(_ => sessions = [.. _sessions]);
        foreach (var session in sessions)
        {
            session.Connection.Watch();
        }

        if (_context.Faults.InMaintenance)
        {
            CloseAll(static _ => true, "maintenance");
        }
    }

    private void OnSignal(FaultSignal signal)
    {
        switch (signal)
        {
            case FaultSignal.CloseAllStreams:
                CloseAll(static _ => true, "closed");
                break;
            case FaultSignal.CloseUserStreams:
                CloseAll(_users.Listens, "closed");
                break;
            case FaultSignal.ExpireUserStreams:
                _users.ExpireAll();
                break;
        }
    }

    private void CloseAll(Func<StreamSession, bool> which, string reason) => Locked(_ =>
    {
        foreach (var session in _sessions.Where(which))
        {
            session.Connection.Close(WebSocketCloseCode.GoingAway, reason);
        }
    });

    private int Read(Func<int> query)
    {
        lock (_gate)
        {
            return query();
        }
    }
}
