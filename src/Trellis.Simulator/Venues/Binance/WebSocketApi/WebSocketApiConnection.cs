using System.Buffers;
using System.Net.WebSockets;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Recording;
using Trellis.Simulator.Venues.Binance.Endpoints;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.WebSocketApi;

/// <summary>
/// One connection to the WebSocket API. Requests are carried out in the order in which they came; answers go out as soon as they are
/// there, which may be in another order.
/// </summary>
internal sealed class WebSocketApiConnection(BinanceServices services, RequestRunner runner, WebSocket socket, string address, string name, bool returnRateLimits)
    : IDisposable
{
    private const int LargestMessage = 64 * 1024;
    private const int MostAtOnce = 64;
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(1);

    private readonly long _connectedSince = services.WireTime;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _room = new(MostAtOnce, MostAtOnce);
    private readonly IWireRecorder _recorder = services.Context.Recorder;

    /// <summary>Answers until the client leaves, the connection has reached its age, or the simulator stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var age = new CancellationTokenSource(LongestLife, services.Context.Time);
        await using var onAge = age.Token.Register(() => _ = SendAwayAsync("the connection has reached its age"));
        await using var onStop = stopping.Register(() => _ = SendAwayAsync("the server stops"));
        var isTooMuch = false;
        try
        {
            isTooMuch = !await ListenAsync();
        }
        finally
        {
            // What is under way ends before the socket does.
            for (var i = 0; i < MostAtOnce; i++)
            {
                await _room.WaitAsync(CancellationToken.None);
            }
        }

        await CloseAsync(isTooMuch ? WebSocketCloseStatus.MessageTooBig : WebSocketCloseStatus.NormalClosure, isTooMuch ? "Message too big" : "");
    }

    /// <summary>After <see cref="RunAsync"/>, when nothing is under way any more.</summary>
    public void Dispose()
    {
        _sending.Dispose();
        _room.Dispose();
    }

    /// <summary>True where the client left, false where it sent too much at once.</summary>
    private async Task<bool> ListenAsync()
    {
        var message = new ArrayBufferWriter<byte>(4096);
        while (socket.State == WebSocketState.Open)
        {
            message.ResetWrittenCount();
            switch (await ReceiveAsync(message))
            {
                case null:
                    return true;
                case false:
                    return false;
            }

            await _room.WaitAsync(CancellationToken.None);
            _ = AnswerAsync(message.WrittenMemory);
        }

        return true;
    }

    /// <summary>True for a whole message, false for one that is too long, null where the client leaves.</summary>
    private async ValueTask<bool?> ReceiveAsync(ArrayBufferWriter<byte> message)
    {
        while (true)
        {
            var result = await socket.ReceiveAsync(message.GetMemory(4096), CancellationToken.None);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Advance(result.Count);
            if (message.WrittenCount > LargestMessage)
            {
                return false;
            }

            if (result.EndOfMessage)
            {
                return true;
            }
        }
    }

    private async Task AnswerAsync(ReadOnlyMemory<byte> text)
    {
        try
        {
            // The text is read, and the request carried out, before the first wait: what follows may overwrite it.
            if (_recorder.IsOn)
            {
                _recorder.FrameIn(name, text.Span);
            }

            await AnswerAsync(WebSocketApiRequest.Read(text));
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The client is gone.
            socket.Abort();
        }
        finally
        {
            _room.Release();
        }
    }

    private async ValueTask AnswerAsync(WebSocketApiRequest request)
    {
        using var answer = AnswerBuffer.Rent();
        var parameters = request.Parameters;
        var call = new BinanceCall { Services = services, Parameters = parameters, Answer = answer.Writer, Address = address };
        var outcome = await runner.RunAsync(new IncomingRequest("WS", request.Method, Find(request.Method), call, parameters.Find("apiKey"), request.SignedText(), request.Error));
        if (outcome.Fault == AnswerFault.Lost)
        {
            socket.Abort();
            return;
        }

        using var envelope = AnswerBuffer.Rent();
        Envelope.Write(envelope.Writer, request.Id, outcome.Error, answer.Written.Span, outcome.Usage, services.Context.Faults.LimitFactor, WithLimits(request));
        var text = envelope.Written;
        await SendAsync(outcome.Fault == AnswerFault.Garbled ? text[..(text.Length / 2)] : text);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> text)
    {
        await _sending.WaitAsync();
        try
        {
            if (_recorder.IsOn)
            {
                _recorder.FrameOut(name, text.Span);
            }

            await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private Endpoint? Find(string method) => method is "session.status" or "session.logout"
        ? SessionEndpoints.Status(_connectedSince, returnRateLimits)
        : WebSocketApiMethods.All.GetValueOrDefault(method);

    /// <summary>The connection's address says whether limits are told, and each request may say otherwise.</summary>
    private bool WithLimits(WebSocketApiRequest request) => request.Parameters.Find("returnRateLimits") switch
    {
        "true" => true,
        "false" => false,
        _ => returnRateLimits,
    };

    /// <summary>Says goodbye, and cuts the connection where the client does not answer that soon.</summary>
    private async Task SendAwayAsync(string why)
    {
        try
        {
            await CloseAsync(WebSocketCloseStatus.EndpointUnavailable, why);
            await Task.Delay(GoodbyeWithin, services.Context.Time);
            socket.Abort();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private async ValueTask CloseAsync(WebSocketCloseStatus status, string why)
    {
        await _sending.WaitAsync();
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, why, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // It is closed already.
        }
        finally
        {
            _sending.Release();
        }
    }
}
