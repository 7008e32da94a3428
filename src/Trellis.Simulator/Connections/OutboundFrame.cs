using System.Buffers.Binary;
using System.Text;

namespace Trellis.Simulator.Connections;

/// <summary>
/// A WebSocket frame as it goes onto the wire, header and all. A server's frames carry no mask, so that the same bytes serve every
/// connection: what is sent to many is put together once.
/// </summary>
public sealed class OutboundFrame
{
    private const byte Final = 0x80;
    private const int LongestShort = 125;
    private const int LongestReason = 123;
    private const int LongestHeader = 10;

    private readonly byte[] _bytes;
    private readonly int _headerLength;

    private OutboundFrame(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[LongestHeader];
        header[0] = (byte)(Final | (byte)opcode);
        _headerLength = WriteLength(header, payload.Length);
        _bytes = new byte[_headerLength + payload.Length];
        header[.._headerLength].CopyTo(_bytes);
        payload.CopyTo(_bytes.AsSpan(_headerLength));
        IsText = opcode == WebSocketOpcode.Text;
        IsClose = opcode == WebSocketOpcode.Close;
    }

    /// <summary>Whether it carries a message, and does not serve the connection itself.</summary>
    public bool IsText { get; }

    public bool IsClose { get; }

    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(_headerLength);

    internal ReadOnlyMemory<byte> Bytes => _bytes;

    public static OutboundFrame Text(ReadOnlySpan<byte> utf8) => new(WebSocketOpcode.Text, utf8);

    internal static OutboundFrame Ping(ReadOnlySpan<byte> payload) => new(WebSocketOpcode.Ping, payload);

    internal static OutboundFrame Pong(ReadOnlySpan<byte> payload) => new(WebSocketOpcode.Pong, payload);

    internal static OutboundFrame Close(WebSocketCloseCode code, string reason)
    {
        Span<byte> payload = stackalloc byte[2 + LongestReason];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.TryGetBytes(reason, payload[2..], out var length);
        return new OutboundFrame(WebSocketOpcode.Close, payload[..(2 + length)]);
    }

    private static int WriteLength(Span<byte> header, int length)
    {
        switch (length)
        {
            case <= LongestShort:
                header[1] = (byte)length;
                return 2;
            case <= ushort.MaxValue:
                header[1] = LongestShort + 1;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
                return 4;
            default:
                header[1] = LongestShort + 2;
                BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)length);
                return LongestHeader;
        }
    }
}
