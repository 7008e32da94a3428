using System.Buffers;
using System.Net.WebSockets;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Takes one message. The bytes are gone when it returns.</summary>
internal delegate void FrameHandler(ReadOnlySpan<byte> frame);

/// <summary>One connection: opens, hands on whole messages, answers pings, and ends with the reason.</summary>
internal sealed class StreamSocket(TimeProvider time)
{
    private const int FirstBuffer = 16 << 10;
    private const int MostOfMessage = 16 << 20;

    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Why the watch ended a connection; null while nothing is wrong.</summary>
    /// <param name="sinceData">How long nothing has come.</param>
    /// <param name="age">How long the connection is open.</param>
    public delegate string? Watch(TimeSpan sinceData, TimeSpan age);

    /// <returns>Why the connection ended.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<string> RunAsync(Uri address, Action opened, FrameHandler handler, Watch watch, TimeSpan watchEvery, CancellationToken cancellation)
    {
        using var socket = new ClientWebSocket();
        // Our own pings find connections that are dead below; those that are silent above, the watch finds.
        socket.Options.KeepAliveInterval = KeepAlive;
        socket.Options.KeepAliveTimeout = KeepAlive;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            using var limit = new CancellationTokenSource(OpenLimit, time);
            using var opening = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            await socket.ConnectAsync(address, opening.Token);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && error is WebSocketException or OperationCanceledException)
        {
            return error is OperationCanceledException ? $"it did not open within {OpenLimit.TotalSeconds} s" : $"it can't be opened: {error.InnerException?.Message ?? error.Message}";
        }

        var start = time.GetTimestamp();
        var connection = new Connection { LastData = start };
        opened();
        var watching = WatchAsync(connection, start, watch, watchEvery, ending);
        string reason;
        try
        {
            reason = await ReceiveAsync(socket, handler, connection, ending.Token);
        }
        catch (Exception error) when (error is WebSocketException or IOException)
        {
            reason = $"the connection broke: {error.Message}";
        }
        catch (OperationCanceledException)
        {
            reason = connection.Reason ?? "cancelled";
        }

        finally
        {
            await ending.CancelAsync();
            await watching;
            await CloseAsync(socket);
        }

        cancellation.ThrowIfCancellationRequested();
        return connection.Reason ?? reason;
    }

    private async Task<string> ReceiveAsync(ClientWebSocket socket, FrameHandler handler, Connection connection, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    if (length >= MostOfMessage)
                    {
                        return $"a message is longer than {MostOfMessage >> 20} MiB";
                    }

                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return $"the exchange closed it: {socket.CloseStatus} {socket.CloseStatusDescription}".TrimEnd();
                }

                length += received.Count;
                if (received.EndOfMessage)
                {
                    Volatile.Write(ref connection.LastData, time.GetTimestamp());
                    handler(buffer.AsSpan(0, length));
                    length = 0;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task WatchAsync(Connection connection, long start, Watch watch, TimeSpan every, CancellationTokenSource ending)
    {
        try
        {
            while (true)
            {
                await Task.Delay(every, time, ending.Token);
                if (watch(time.GetElapsedTime(Volatile.Read(ref connection.LastData)), time.GetElapsedTime(start)) is { } reason)
                {
                    connection.Reason = reason;
                    await ending.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is over.
        }
    }

    private static async Task CloseAsync(ClientWebSocket socket)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // It is gone already.
        }
    }

    private sealed class Connection
    {
        public long LastData;

        public volatile string? Reason;
    }
}
