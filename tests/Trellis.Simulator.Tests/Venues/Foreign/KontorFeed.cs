using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Simulator.Connections;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Hosting;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>One connection for everything: a client logs in on it and joins rooms. A login that is ended leaves the connection open.</summary>
internal sealed class KontorFeed : IExchangeObserver, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Guest> _guests = [];
    private readonly CancellationToken _stopping;
    private readonly KontorGate _gate;
    private readonly ConnectionServices _services;

    public KontorFeed(VenueContext context, KontorGate gate)
    {
        _stopping = context.Stopping;
        _gate = gate;
        _services = new ConnectionServices(context.Time, context.Faults, context.Recorder, new ConnectionSettings());
        context.Faults.OnSignal(OnSignal);
    }

    public int Connections => Look(() => _guests.Count);

    public int UserStreams => Look(() => _guests.Count(guest => guest.Account is not null));

    public int QueuedFrames => Look(() => _guests.Sum(guest => guest.Connection.QueuedFrames));

    public async Task ServeAsync(HttpContext http)
    {
        await using var stream = await WebSocketUpgrade.AcceptAsync(http);
        using var connection = new ClientConnection(stream, http.Connection.Id, _services);
        var guest = new Guest(connection, this);
        lock (_lock)
        {
            _guests.Add(guest);
        }

        try
        {
            await connection.RunAsync(guest, _stopping);
        }
        finally
        {
            lock (_lock)
            {
                _guests.Remove(guest);
            }
        }
    }

    public void Observe(EventBatch batch)
    {
        foreach (var happened in batch.Events)
        {
            switch (happened)
            {
                case OrderChanged changed:
                    Tell("orders", changed.Order.Account, KontorJson.Order(changed.Order, changed.Fill));
                    break;
                case AccountChanged { Positions.Count: > 0 } changed:
                    Tell("positions", changed.Account, new JsonArray([.. changed.Positions.Select(KontorJson.Position)]));
                    break;
                case Traded traded:
                    Tell("tape", null, new JsonObject { ["contracts"] = decimal.ToInt64(traded.Quantity), ["price"] = traded.Price, ["at"] = KontorJson.Time(traded.Time) });
                    break;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Each(guest => guest.Connection.Close(WebSocketCloseCode.GoingAway, "goodbye"));
        return ValueTask.CompletedTask;
    }

    private void OnSignal(FaultSignal signal) => Each(guest =>
    {
        if (signal == FaultSignal.ExpireUserStreams && guest.Account is not null)
        {
            guest.LogOut();
        }
        else if (signal == FaultSignal.CloseAllStreams || (signal == FaultSignal.CloseUserStreams && guest.Account is not null))
        {
            guest.Connection.Close(WebSocketCloseCode.GoingAway, "goodbye");
        }
    });

    /// <param name="account">Null for what everybody may hear.</param>
    private void Tell(string room, AccountId? account, JsonNode data)
    {
        var frame = OutboundFrame.Text(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["room"] = room, ["data"] = data }));
        Each(guest =>
        {
            if (guest.Rooms.Contains(room) && (account is null || guest.Account == account))
            {
                guest.Connection.Send(frame, new FrameFacts(room, IsUserData: account is not null));
            }
        });
    }

    private void Each(Action<Guest> action)
    {
        lock (_lock)
        {
            _guests.ForEach(action);
        }
    }

    private int Look(Func<int> query)
    {
        lock (_lock)
        {
            return query();
        }
    }

    /// <summary>A client and what it has said so far.</summary>
    private sealed class Guest(ClientConnection connection, KontorFeed feed) : IClientMessages
    {
        public ClientConnection Connection => connection;

        public AccountId? Account { get; private set; }

        public HashSet<string> Rooms { get; } = new(StringComparer.Ordinal);

        public void LogOut()
        {
            Account = null;
            Say("logged-out");
        }

        public void OnMessage(ClientConnection connection, ReadOnlySpan<byte> text)
        {
            JsonObject? said = null;
            try
            {
                said = JsonSerializer.Deserialize<JsonObject>(text);
                lock (feed._lock)
                {
                    Say(Take(said!));
                }
            }
            catch (Exception error) when (error is KontorException or JsonException or NullReferenceException)
            {
                Say("not-understood");
            }
        }

        private string Take(JsonObject said)
        {
            switch ($"{said["do"]}")
            {
                case "login":
                    Account = feed.Admit(said).Account;
                    return "logged-in";
                case "join":
                    Rooms.Add($"{said["room"]}");
                    return "joined";
                default:
                    throw new KontorException(KontorError.Malformed("do must be login or join"));
            }
        }

        private void Say(string word) => connection.Send(OutboundFrame.Text(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["said"] = word })));
    }

    private ApiCredential Admit(JsonObject said) => _gate.Admit($"{said["access"]}", $"{said["pass"]}", $"{said["time"]}", $"{said["sign"]}", "login");
}
