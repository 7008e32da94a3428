using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Trellis.Simulator.Tests.Connections;

/// <summary>A frame as a client sees it.</summary>
internal sealed record ReceivedFrame(int Opcode, byte[] Payload)
{
    public const int Text = 1;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    public string AsText => Encoding.UTF8.GetString(Payload);

    public int CloseCode => Opcode == Close ? BinaryPrimitives.ReadUInt16BigEndian(Payload) : 0;
}

/// <summary>A WebSocket client that a test leads byte by byte, beyond the handshake.</summary>
internal sealed class RawClient(Stream stream)
{
    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    /// <summary>Only so that a test that is wrong ends at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Stream Stream { get; } = stream;

    public Task SendAsync(string text) => SendAsync(ReceivedFrame.Text, Encoding.UTF8.GetBytes(text));

    public Task SendAsync(int opcode, byte[] payload, bool isFinal = true) => WriteAsync(Frame(opcode, payload, isFinal));

    public async Task WriteAsync(byte[] bytes)
    {
        await Stream.WriteAsync(bytes);
        await Stream.FlushAsync();
    }

    public static byte[] Frame(int opcode, byte[] payload, bool isFinal = true)
    {
        using var frame = new MemoryStream();
        frame.WriteByte((byte)((isFinal ? 0x80 : 0) | opcode));
        switch (payload.Length)
        {
            case < 126:
                frame.WriteByte((byte)(0x80 | payload.Length));
                break;
            case <= ushort.MaxValue:
                frame.WriteByte(0x80 | 126);
                frame.Write([(byte)(payload.Length >> 8), (byte)payload.Length]);
                break;
            default:
                frame.WriteByte(0x80 | 127);
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
                frame.Write(length);
                break;
        }

        frame.Write(Mask);
        frame.Write([.. payload.Select((value, place) => (byte)(value ^ Mask[place % 4]))]);
        return frame.ToArray();
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
