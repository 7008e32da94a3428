using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trellis.Bench.Requests;
using Trellis.Core;
using Trellis.Core.Numerics;
using Trellis.Simulator.Tests.Connections;
using Trellis.Simulator.Tests.Fuzzing;

namespace Trellis.Bench.Fuzz;

/// <summary>Mutated frames on the streams and the WebSocket API, and a neighbour who must notice nothing.</summary>
internal static class FrameFuzz
{
    private const int Lanes = 16;
    private const int FramesPerConnection = 40;
    private const int Text = 1;
    private const int Close = 8;
    private const int Pong = 10;
    private const int InternalError = 1011;

    /// <summary>How long an answer is waited for before the next frame goes, milliseconds: a server that gives up on a client with frames under way takes its last words with it.</summary>
    private const int AnswerWithin = 1;
    private const int EndWithin = 50;

    private static readonly string[] Routes = ["/ws", "/stream", "/market/ws/0", "/public/stream", "/private/ws", "/ws-fapi/v1"];
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    /// <exception cref="RunException">An answer was no exchange's, or the neighbour lost its stream.</exception>
    public static async Task<AnswerClasses> RunAsync(RequestServer server, int frames)
    {
        using var neighbour = await ConnectAsync(server.EndPoint, "/market/ws/coinusdt@markPrice@1s");
        var listening = ListenAsync(neighbour);
        var all = new AnswerClasses();
        foreach (var lane in await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => LaneAsync(server.EndPoint, lane, frames / Lanes)))))
        {
            all.Add(lane);
        }

        await neighbour.WriteAsync(ClientFrame.Of(ClientFrame.Text, """{"method":"LIST_SUBSCRIPTIONS","id":1}"""u8.ToArray()));
        var answer = await Task.WhenAny(listening, Task.Delay(TimeSpan.FromSeconds(10))) == listening ? await listening : null;
        if (answer?.Contains("coinusdt@markPrice@1s", StringComparison.Ordinal) != true)
        {
            throw new RunException($"fuzz: frames of others ended or disturbed a stream; heard: {answer ?? "nothing"}");
        }

        return all;
    }

    /// <summary>The first message of a client that answers pings; null where its connection ended.</summary>
    private static async Task<string?> ListenAsync(NetworkStream stream)
    {
        while (await ReadAsync(stream, CancellationToken.None) is { } frame && frame.Opcode != Close)
        {
            if (frame.Opcode == Text)
            {
                return Encoding.UTF8.GetString(frame.Payload);
            }

            await stream.WriteAsync(ClientFrame.Of(Pong, frame.Payload));
        }

        return null;
    }

    private static async Task<AnswerClasses> LaneAsync(IPEndPoint server, int lane, int frames)
    {
        var random = new DeterministicRandom(2026 + ((ulong)lane << 32));
        var classes = new AnswerClasses();
        for (var sent = 0; sent < frames;)
        {
            using var stream = await ConnectAsync(server, Routes[(int)(random.NextBits() % (ulong)Routes.Length)]);
            using var heard = new SemaphoreSlim(0);
            var reading = CountAsync(stream, classes, heard);
            try
            {
                for (var i = 0; i < FramesPerConnection && sent < frames && !reading.IsCompleted; i++)
                {
                    await stream.WriteAsync(MutatedFrames.Next(random));
                    sent++;
                    await heard.WaitAsync(AnswerWithin);
                }

                // Where a damaged length waits for more than will come, the end of the stream ends it.
                await stream.WriteAsync(ClientFrame.Of(Close, []));
                await Task.WhenAny(reading, Task.Delay(EndWithin));
                stream.Socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception gone) when (gone is IOException or SocketException)
            {
                // The server had enough of it.
            }

            await reading;
        }

        return classes;
    }

    private static async Task CountAsync(NetworkStream stream, AnswerClasses classes, SemaphoreSlim heard)
    {
        try
        {
            while (await ReadAsync(stream, CancellationToken.None) is { } frame)
            {
                var (opcode, payload) = frame;
                classes.Count(opcode switch
                {
                    Text => ClassOf(Encoding.UTF8.GetString(payload)),
                    Close when payload.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(payload) is var code => code == InternalError
                        ? throw new RunException("fuzz: a connection was closed for an internal error")
                        : string.Create(CultureInfo.InvariantCulture, $"close {code}"),
                    Close => "close",
                    _ => "pong",
                });
                heard.Release();
                if (opcode == Close)
                {
                    return;
                }
            }

            classes.Count("connection ended");
        }
        catch (IOException)
        {
            classes.Count("connection cut");
        }
    }

    private static string ClassOf(string text)
    {
        AnswerClasses.DemandNoTrace(text, "a frame");
        var code = AnswerClasses.CodeOf(text);
        return text.Contains("\"error\"", StringComparison.Ordinal) || code != "0" ? $"error {code}" : text.Contains("\"result\"", StringComparison.Ordinal) ? "result" : "data";
    }

    private static async Task<NetworkStream> ConnectAsync(IPEndPoint server, string path)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        var head = new List<byte>();
        var next = new byte[1];
        while (!head.TakeLast(EndOfHead.Length).SequenceEqual(EndOfHead))
        {
            head.Add(await stream.ReadAsync(next) == 1 ? next[0] : throw new RunException($"fuzz: {path} took no WebSocket"));
        }

        return Encoding.ASCII.GetString([.. head]).StartsWith("HTTP/1.1 101", StringComparison.Ordinal) ? stream : throw new RunException($"fuzz: {path} took no WebSocket: {Encoding.ASCII.GetString([.. head])}");
    }

    /// <summary>The next frame of the server; null where it has ended.</summary>
    private static async Task<(int Opcode, byte[] Payload)?> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var head = new byte[2];
        if (await stream.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, cancellation) < 2)
        {
            return null;
        }

        var longer = new byte[head[1] switch { 126 => 2, 127 => 8, _ => 0 }];
        await stream.ReadExactlyAsync(longer, cancellation);
        var payload = new byte[longer.Length switch { 2 => BinaryPrimitives.ReadUInt16BigEndian(longer), 8 => (int)BinaryPrimitives.ReadInt64BigEndian(longer), _ => head[1] }];
        await stream.ReadExactlyAsync(payload, cancellation);
        return (head[0] & 0x0F, payload);
    }
}
