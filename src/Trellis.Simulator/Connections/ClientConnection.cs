using Trellis.Simulator.Faults;
using Trellis.Simulator.Recording;

namespace Trellis.Simulator.Connections;

/// <summary>What a venue does with what a client sends. Called on the connection's own loop, one message at a time.</summary>
public interface IClientMessages
{
    /// <param name="text">UTF-8; valid during the call only.</param>
    void OnMessage(ClientConnection connection, ReadOnlySpan<byte> text);
}

/// <summary>What all connections of a venue share.</summary>
public sealed record ConnectionServices(TimeProvider Time, IFaultPoints Faults, IWireRecorder Recorder, ConnectionSettings Settings);

/// <summary>
/// A client on a WebSocket. Whoever has something to say puts it into the connection's queue and never waits; one sender empties it,
/// many frames to a write. A client that does not keep up is disconnected, so that it costs nobody else anything.
/// </summary>
public sealed class ClientConnection : IDisposable
{
    private readonly Stream _stream;
    private readonly ConnectionServices _services;
    private readonly SendQueue _queue;
    private readonly FaultyFrames _faulty;
    private readonly ConnectionWatch _watch;
    private readonly CancellationTokenSource _gone = new();
    private int _closing;
    private long _writingSince;

    /// <param name="stream">Carries frames, both ways.</param>
    /// <param name="name">Names the connection in the record.</param>
    public ClientConnection(Stream stream, string name, ConnectionServices services)
    {
        _stream = stream;
        _services = services;
        _queue = new SendQueue(services.Settings.MaxQueuedFrames, services.Settings.MaxQueuedBytes);
        _faulty = new FaultyFrames(services.Time, services.Settings.SwapWithin, Enqueue);
        _watch = new ConnectionWatch(services);
        Name = name;
    }

    public string Name { get; }

    /// <summary>Frames that have not left yet.</summary>
    public int QueuedFrames => _queue.Count + _faulty.Count;

    /// <summary>Whether it was disconnected because it did not read.</summary>
    public bool WasTooSlow { get; private set; }

    /// <summary>Whether it did not end in good order, so that what lies below it must be cut too.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Serves the client until it goes or is sent away.</summary>
    /// <param name="stopping">Closes the connection in good order.</param>
    public async Task RunAsync(IClientMessages messages, CancellationToken stopping)
    {
        await using var onStop = stopping.Register(() => Close(WebSocketCloseCode.GoingAway, "the server stops"));
        var sending = SendAsync();
        try
        {
            await ReceiveAsync(messages);
        }
        catch (WebSocketProtocolException error)
        {
            Close(error.Code, error.Message);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            Abort();
        }

        _queue.Complete();
        await sending;
        await _gone.CancelAsync();
    }

    public void Dispose()
    {
        _faulty.Dispose();
        _gone.Dispose();
    }

    /// <summary>Puts an answer or a message of the venue's own into the queue; faults do not touch it.</summary>
    public void Send(OutboundFrame frame) => Enqueue(frame);

    /// <summary>Puts data into the queue, if the faults of the moment let it.</summary>
    public void Send(OutboundFrame frame, in FrameFacts facts)
    {
        if (_services.Faults.StreamsAreSilent(facts.IsUserData))
        {
            return;
        }

        _faulty.Pass(frame, _services.Faults.OnFrame(facts));
    }

    /// <summary>Puts the newest frame of a source into the queue, where it is replaced while it waits.</summary>
    public void Send(ConflatedSlot slot, in FrameFacts facts)
    {
        if (_services.Faults.StreamsAreSilent(facts.IsUserData))
        {
            return;
        }

        var fault = _services.Faults.OnFrame(facts);
        if (fault != FrameFault.None || _faulty.Count > 0)
        {
            if (slot.Source.Frame is { } frame)
            {
                _faulty.Pass(frame, fault);
            }
        }
        else if (!_queue.TryAdd(slot))
        {
            DropSlowReader();
        }
    }

    /// <summary>Says goodbye, sends what still waits, and gives the client a moment to answer.</summary>
    public void Close(WebSocketCloseCode code, string reason)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }

        if (!_queue.TryAdd(OutboundFrame.Close(code, reason)))
        {
            DropSlowReader();
            return;
        }

        _queue.Complete();
        _ = AbortLaterAsync();
    }

    /// <summary>Cuts the connection.</summary>
    public void Abort()
    {
        WasCut = true;
        Interlocked.Exchange(ref _closing, 1);
        _queue.Complete();
        try
        {
            _gone.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    /// <summary>Pings, misses pongs, ends a long life and loses patience with a client that reads nothing; called about once a second.</summary>
    public void Watch()
    {
        if (Volatile.Read(ref _writingSince) is var since and > 0 && _services.Time.GetElapsedTime(since) >= _services.Settings.ReadWithin)
        {
            DropSlowReader();
            return;
        }

        switch (_watch.Check(out var ping))
        {
            case WatchVerdict.Ping:
                Enqueue(ping!);
                break;
            case WatchVerdict.Silent:
                Abort();
                break;
            case WatchVerdict.Old:
                Close(WebSocketCloseCode.GoingAway, "the connection has reached its age");
                break;
        }
    }

    private void Enqueue(OutboundFrame frame)
    {
        if (Volatile.Read(ref _closing) == 0 && !_queue.TryAdd(frame))
        {
            DropSlowReader();
        }
    }

    private void DropSlowReader()
    {
        WasTooSlow = true;
        Abort();
    }

    private async Task ReceiveAsync(IClientMessages messages)
    {
        var frames = new InboundFrames(_stream, _services.Settings.MaxMessageBytes);
        while (await frames.ReadAsync(_gone.Token) is { } message)
        {
            if (!_watch.Count())
            {
                Close(WebSocketCloseCode.PolicyViolation, "Too many requests");
                return;
            }

            switch (message.Opcode)
            {
                case WebSocketOpcode.Close:
                    Close(WebSocketCloseCode.Normal, "");
                    return;
                case WebSocketOpcode.Ping:
                    Enqueue(OutboundFrame.Pong(message.Payload.Span));
                    break;
                case WebSocketOpcode.Pong:
                    _watch.Pong();
                    break;
                default:
                    Deliver(messages, message.Payload.Span);
                    break;
            }
        }
    }

    private void Deliver(IClientMessages messages, ReadOnlySpan<byte> text)
    {
        if (_services.Recorder.IsOn)
        {
            _services.Recorder.FrameIn(Name, text);
        }

        messages.OnMessage(this, text);
    }

    private async Task SendAsync()
    {
        var batch = new WriteBatch(_stream);
        try
        {
            while (await _queue.WaitAsync(_gone.Token))
            {
                while (_queue.TryTake(out var frame))
                {
                    Volatile.Write(ref _writingSince, _services.Time.GetTimestamp());
                    await batch.AddAsync(frame, _gone.Token);
                    Record(frame);
                    if (batch.IsFull)
                    {
                        _queue.Sent(await batch.FlushAsync(_gone.Token));
                    }
                }

                _queue.Sent(await batch.FlushAsync(_gone.Token));
                Volatile.Write(ref _writingSince, 0);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The client has gone; the receiver learns of it too.
            Abort();
        }
        finally
        {
            batch.Dispose();
            while (_queue.TryTake(out _))
            {
                _queue.Sent(1);
            }
        }
    }

    private void Record(OutboundFrame? frame)
    {
        if (frame is { IsText: true } && _services.Recorder.IsOn)
        {
            _services.Recorder.FrameOut(Name, frame.Payload);
        }
    }

    private async Task AbortLaterAsync()
    {
        try
        {
            await Task.Delay(_services.Settings.CloseWithin, _services.Time, _gone.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            return;
        }

        Abort();
    }
}
