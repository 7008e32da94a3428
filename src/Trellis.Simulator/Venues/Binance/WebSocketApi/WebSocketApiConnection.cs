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

    private readonly long _connectedSince = services.WireTime;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _room = new(MostAtOnce, MostAtOnce);
    private readonly IWireRecorder _recorder = services.Context.Recorder;

    /// <summary>Answers until the client leaves or the simulator stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var message = new ArrayBufferWriter<byte>(4096);
        while (socket.State == WebSocketState.Open)
        {
            message.ResetWrittenCount();
            var received = await ReceiveAsync(message, stopping);
            if (received is null)
            {
                break;
            }

            if (received == false)
            {
                await CloseAsync(WebSocketCloseStatus.MessageTooBig, "Message too big");
                return;
            }

            await _room.WaitAsync(stopping);
            _ = AnswerAsync(message.WrittenMemory);
        }

        // What is under way ends before the socket does.
        for (var i = 0; i < MostAtOnce; i++)
        {
            await _room.WaitAsync(stopping);
        }

        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        }
    }

    public void Dispose()
    {
        _sending.Dispose();
        _room.Dispose();
    }

    /// <summary>True for a whole message, false for one that is too long, null where the client leaves.</summary>
    private async ValueTask<bool?> ReceiveAsync(ArrayBufferWriter<byte> message, CancellationToken stopping)
    {
        while (true)
        {
            var result = await socket.ReceiveAsync(message.GetMemory(4096), stopping);
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

            await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, services.Context.Stopping);
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

    private async ValueTask CloseAsync(WebSocketCloseStatus status, string why)
    {
        await _sending.WaitAsync();
        try
        {
            await socket.CloseOutputAsync(status, why, CancellationToken.None);
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
