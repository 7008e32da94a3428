using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Connections;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Venues.Binance.Streams.User;

/// <summary>Who listens to which account's own events. Its members are called under the hub's lock, but for those that end keys.</summary>
internal sealed class UserStreams(StreamFeed feed, ListenKeys listenKeys)
{
    private readonly List<Listener> _listeners = [];
    private readonly UserEventWriter _events = new(feed);

    /// <summary>Connections that listen.</summary>
    public int Connections => _listeners.Select(listener => listener.Session).Distinct().Count();

    public bool Listens(StreamSession session) => _listeners.Exists(listener => listener.Session == session);

    /// <summary>Listens under a key; one that is not alive, now, stays silent for ever.</summary>
    public void Listen(StreamSession session, KeyRequest request)
    {
        if (listenKeys.Find(request.Key) is { } key && !_listeners.Exists(listener => listener.Session == session && listener.Key == key.Key))
        {
            _listeners.Add(new Listener(session, key.Key, key.Account, request.Events));
        }
    }

    public void Ignore(StreamSession session) => _listeners.RemoveAll(listener => listener.Session == session);

    public void Ignore(StreamSession session, string key) => _listeners.RemoveAll(listener => listener.Session == session && listener.Key == key);

    public void Observe(EventBatch batch)
    {
        foreach (var occurred in batch.Events)
        {
            _events.Write(occurred, Publish);
        }
    }

    /// <summary>A key has come to its end: whoever listened learns that it expired, or is sent away where its owner closed it.</summary>
    public void End(ListenKey key, bool expired)
    {
        var ended = _listeners.Where(listener => listener.Key == key.Key).ToList();
        _listeners.RemoveAll(ended.Contains);
        if (!expired)
        {
            ended.ForEach(listener => listener.Session.Connection.Close(WebSocketCloseCode.Normal, "the listen key was closed"));
            return;
        }

        _events.WriteExpired(key.Key);
        Publish(ended, UserEventWriter.Expired);
    }

    /// <summary>Called without the lock: keys that end are told through the hub.</summary>
    public void ExpireDue() => listenKeys.ExpireDue();

    /// <summary>Called without the lock: keys that end are told through the hub.</summary>
    public void ExpireAll() => listenKeys.ExpireAll();

    private void Publish(AccountId account, string name)
    {
        Publish(_listeners.Where(listener => listener.Account == account && listener.Events?.Contains(name) != false), name);
    }

    private void Publish(IEnumerable<Listener> listeners, string name)
    {
        OutboundFrame? raw = null;
        var combined = (Key: "", Frame: (OutboundFrame?)null);
        var facts = new FrameFacts(name, IsUserData: true);
        foreach (var listener in listeners)
        {
            var session = listener.Session;
            if (!session.IsCombined)
            {
                session.Connection.Send(raw ??= feed.Buffer.Raw(), facts);
                continue;
            }

            if (combined.Key != listener.Key)
            {
                combined = (listener.Key, feed.Buffer.Combined(listener.Key));
            }

            session.Connection.Send(combined.Frame!, facts);
        }
    }

    private sealed record Listener(StreamSession Session, string Key, AccountId Account, IReadOnlySet<string>? Events);
}
