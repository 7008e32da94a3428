using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Trellis.Simulator.Tests.Connections;

/// <summary>A frame as a client sees it.</summary>
internal sealed record ReceivedFrame(int Opcode, byte[] Payload)
{
    public const int Text = ClientFrame.Text;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    public string AsText => Encoding.UTF8.GetString(Payload);

    public int CloseCode => Opcode == Close ? BinaryPrimitives.ReadUInt16BigEndian(Payload) : 0;
}

/// <summary>A WebSocket client that a test leads byte by byte, beyond the handshake.</summary>
internal sealed class RawClient(Stream stream)
{
    /// <summary>Only so that a test that is wrong ends at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Stream Stream { get; } = stream;

    public Task SendAsync(string text) => SendAsync(ReceivedFrame.Text, Encoding.UTF8.GetBytes(text));

    public Task SendAsync(int opcode, byte[] payload, bool isFinal = true) => WriteAsync(ClientFrame.Of(opcode, payload, isFinal));

    public async Task WriteAsync(byte[] bytes)
    {
        await Stream.WriteAsync(bytes);
        await Stream.FlushAsync();
    }

    /// <summary>The next frame; null where the server has gone.</summary>
    public async Task<ReceivedFrame?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        if (await TakeAsync(2, patience.Token) is not { } head)
        {
            return null;
        }

        (head[1] & 0x80).ShouldBe(0, "a server's frame has no mask");
        var length = head[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await TakeAsync(2, patience.Token)),
            127 => (int)BinaryPrimitives.ReadInt64BigEndian(await TakeAsync(8, patience.Token)),
            var shortLength => shortLength,
        };
        return new ReceivedFrame(head[0] & 0x0F, (await TakeAsync(length, patience.Token))!);
    }

    /// <summary>The next message, as JSON.</summary>
    public async Task<JsonElement> ReadJsonAsync()
    {
        var frame = (await ReadAsync()).ShouldNotBeNull();
        frame.Opcode.ShouldBe(ReceivedFrame.Text, $"{frame.Opcode}: {frame.AsText}");
        return JsonSerializer.Deserialize<JsonElement>(frame.Payload);
    }

    private async Task<byte[]?> TakeAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        var got = await Stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellation);
        return got == count ? bytes : null;
    }
}
