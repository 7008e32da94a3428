using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text.Unicode;

namespace Trellis.Simulator.Connections;

/// <summary>A whole message or control frame of a client.</summary>
internal readonly record struct InboundMessage(WebSocketOpcode Opcode, ReadOnlyMemory<byte> Payload);

/// <summary>The client broke the protocol; the connection must be closed with this code.</summary>
internal sealed class WebSocketProtocolException(WebSocketCloseCode code, string message) : Exception(message)
{
    public WebSocketCloseCode Code { get; } = code;
}

/// <summary>Reads a client's frames and puts fragments together (RFC 6455, 5).</summary>
internal sealed class InboundFrames(Stream stream, int maxMessageBytes)
{
    private const byte FinalBit = 0x80;
    private const byte ReservedBits = 0x70;
    private const byte OpcodeBits = 0x0F;
    private const byte MaskBit = 0x80;
    private const byte LengthBits = 0x7F;
    private const int MaskLength = 4;
    private const int LongestControl = 125;
    private const int LongestHeader = 14;

    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
    private ArrayBufferWriter<byte>? _fragments;
    private WebSocketOpcode _fragmented;

    /// <summary>The next message or control frame; null where the client has gone.</summary>
    /// <exception cref="WebSocketProtocolException">What came is no WebSocket traffic of a client.</exception>
    public async ValueTask<InboundMessage?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var result = await _reader.ReadAsync(cancellation);
            var buffer = result.Buffer;
            var (message, consumed) = Take(buffer);
            _reader.AdvanceTo(buffer.GetPosition(consumed), consumed > 0 ? buffer.GetPosition(consumed) : buffer.End);
            if (message is not null)
            {
                return message;
            }

            if (consumed == 0 && result.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>Takes one frame off the buffer; consumes nothing where it is not all there.</summary>
    private (InboundMessage? Message, long Consumed) Take(ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[LongestHeader];
        var available = (int)Math.Min(header.Length, buffer.Length);
        buffer.Slice(0, available).CopyTo(header);
        if (available < 2)
        {
            return (null, 0);
        }

        var (isFinal, opcode, isMasked) = ((header[0] & FinalBit) != 0, (WebSocketOpcode)(header[0] & OpcodeBits), (header[1] & MaskBit) != 0);
        Demand((header[0] & ReservedBits) == 0, WebSocketCloseCode.ProtocolError, "a reserved bit is set and no extension was agreed on");
        Demand(Enum.IsDefined(opcode), WebSocketCloseCode.ProtocolError, $"opcode {(int)opcode} does not exist");
        Demand(isMasked, WebSocketCloseCode.ProtocolError, "a client's frame must be masked");
        var (length, lengthBytes) = ReadLength(header);
        Demand(opcode < WebSocketOpcode.Close || (isFinal && length <= LongestControl), WebSocketCloseCode.ProtocolError, "a control frame is short and whole");
        Demand(length >= 0 && length <= maxMessageBytes, WebSocketCloseCode.MessageTooBig, $"a message may have {maxMessageBytes} bytes");
        var headerLength = 2 + lengthBytes + MaskLength;
        if (buffer.Length < headerLength + length)
        {
            return (null, 0);
        }

        var payload = buffer.Slice(headerLength, length).ToArray();
        Unmask(payload, header.Slice(headerLength - MaskLength, MaskLength));
        return (Assemble(opcode, isFinal, payload), headerLength + length);
    }

    private InboundMessage? Assemble(WebSocketOpcode opcode, bool isFinal, byte[] payload)
    {
        if (opcode >= WebSocketOpcode.Close)
        {
            return new InboundMessage(opcode, payload);
        }

        Demand((opcode == WebSocketOpcode.Continuation) == (_fragments is not null), WebSocketCloseCode.ProtocolError, "a fragment is out of place");
        if (_fragments is null && isFinal)
        {
            return Checked(opcode, payload);
        }

        if (_fragments is null)
        {
            (_fragments, _fragmented) = (new ArrayBufferWriter<byte>(), opcode);
        }

        Demand(_fragments.WrittenCount + payload.Length <= maxMessageBytes, WebSocketCloseCode.MessageTooBig, $"a message may have {maxMessageBytes} bytes");
        _fragments.Write(payload);
        if (!isFinal)
        {
            return null;
        }

        var whole = _fragments.WrittenMemory;
        _fragments = null;
        return Checked(_fragmented, whole);
    }

    private static InboundMessage Checked(WebSocketOpcode opcode, ReadOnlyMemory<byte> payload)
    {
        Demand(opcode != WebSocketOpcode.Text || Utf8.IsValid(payload.Span), WebSocketCloseCode.InvalidText, "a text message must be UTF-8");
        return new InboundMessage(opcode, payload);
    }

    private static (long Length, int Bytes) ReadLength(ReadOnlySpan<byte> header) => (header[1] & LengthBits) switch
    {
        126 => (BinaryPrimitives.ReadUInt16BigEndian(header[2..]), 2),
        127 => (BinaryPrimitives.ReadInt64BigEndian(header[2..]), 8),
        var shortLength => (shortLength, 0),
    };

    private static void Unmask(Span<byte> payload, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] ^= mask[i % MaskLength];
        }
    }

    private static void Demand(bool condition, WebSocketCloseCode code, string message)
    {
        if (!condition)
        {
            throw new WebSocketProtocolException(code, message);
        }
    }
}
