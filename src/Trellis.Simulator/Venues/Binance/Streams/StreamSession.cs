using System.Text.Json;
using Trellis.Simulator.Connections;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>One client of the streams: what it has subscribed to, in which form it gets it, and its requests.</summary>
internal sealed class StreamSession(ClientConnection connection, StreamRequest request, StreamHub hub) : IClientMessages
{
    private const int UnknownProperty = 0;
    private const int InvalidValue = 1;
    private const int InvalidRequest = 2;

    // In the order of subscription; the value is null where the route never pushes the stream.
    private readonly OrderedDictionary<string, Subscription?> _subscriptions = new(StringComparer.Ordinal);
    private bool _isCombined = request.IsCombined;

    public ClientConnection Connection { get; } = connection;

    public StreamRequest Request { get; } = request;

    public IEnumerable<Subscription> Subscriptions => _subscriptions.Values.OfType<Subscription>();

    /// <summary>Whether messages are wrapped with their stream's name.</summary>
    public bool IsCombined => Volatile.Read(ref _isCombined);

    public void OnMessage(ClientConnection connection, ReadOnlySpan<byte> text)
    {
        var control = ControlReader.Read(text, out var error);
        hub.Locked(buffer =>
        {
            if (control is not null)
            {
                error = Carry(control, buffer);
            }

            if (error is not null)
            {
                Connection.Send(ControlAnswers.Error(buffer, error));
            }
        });
        if (error is { EndsConnection: true })
        {
            Connection.Close(WebSocketCloseCode.PolicyViolation, error.Message);
        }
    }

    /// <summary>Subscribes; called under the hub's lock. False where the connection would have too many streams.</summary>
    public bool Subscribe(IEnumerable<string> names)
    {
        var fresh = names.Where(name => !_subscriptions.ContainsKey(name) && !IsPlaceholder(name)).Distinct(StringComparer.Ordinal).ToList();
        if (_subscriptions.Count + fresh.Count > hub.Settings.StreamsPerConnection)
        {
            return false;
        }

        foreach (var name in fresh)
        {
            _subscriptions.Add(name, hub.Subscribe(this, name));
        }

        return true;
    }

    // Clients that number their connections open /market/ws/0 and subscribe afterwards.
    private static bool IsPlaceholder(string name) => name.All(char.IsAsciiDigit);

    private ControlError? Carry(ControlRequest control, FrameBuffer buffer)
    {
        switch (control.Method)
        {
            case ControlMethod.Subscribe:
                if (!Subscribe(Texts(control)))
                {
                    return new ControlError(InvalidRequest, $"Invalid request: a connection may have {hub.Settings.StreamsPerConnection} streams", control.Id);
                }

                break;
            case ControlMethod.Unsubscribe:
                foreach (var name in Texts(control))
                {
                    _subscriptions.Remove(name, out var subscription);
                    hub.Unsubscribe(this, name, subscription);
                }

                break;
            case ControlMethod.ListSubscriptions:
                Connection.Send(ControlAnswers.Names(buffer, control.Id, _subscriptions.Keys));
                return null;
            default:
                return CarryProperty(control, buffer);
        }

        Connection.Send(ControlAnswers.Done(buffer, control.Id));
        return null;
    }

    private ControlError? CarryProperty(ControlRequest control, FrameBuffer buffer)
    {
        if (control.Parameters[0].GetString() != "combined")
        {
            return new ControlError(UnknownProperty, "Unknown property", control.Id);
        }

        if (control.Method == ControlMethod.GetProperty)
        {
            Connection.Send(ControlAnswers.Flag(buffer, control.Id, IsCombined));
            return null;
        }

        if (control.Parameters is not [_, { ValueKind: JsonValueKind.True or JsonValueKind.False } value])
        {
            return new ControlError(InvalidValue, "Invalid value type: expected Boolean", control.Id);
        }

        // The answer comes first: what follows it has the new form.
        Connection.Send(ControlAnswers.Done(buffer, control.Id));
        Volatile.Write(ref _isCombined, value.GetBoolean());
        return null;
    }

    private static IEnumerable<string> Texts(ControlRequest control) => control.Parameters.Select(parameter => parameter.GetString()!);
}
