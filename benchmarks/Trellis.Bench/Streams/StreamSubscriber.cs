using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trellis.Bench.Streams;

/// <summary>A client that counts frames and looks no closer, so that it costs little beside the server.</summary>
internal sealed class StreamSubscriber : IDisposable
{
    private const int LongestHeader = 10;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 << 10];
    private readonly byte[] _header = new byte[LongestHeader];
    private int _headerBytes;
    private long _payloadLeft;
    private long _frames;

    public long Frames => Volatile.Read(ref _frames);

    public long Bytes { get; private set; }

    /// <summary>Whether the server has ended the connection.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Upgrades to a WebSocket whose streams are named in the address.</summary>
    public async Task ConnectAsync(IPEndPoint server, string target)
    {
        await _socket.ConnectAsync(server);
        var request = $"GET {target} HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        var answer = new StringBuilder();
        var one = new byte[1];
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _socket.ReceiveAsync(one) == 0)
            {
                throw new IOException("the server closed during the handshake");
            }

            answer.Append((char)one[0]);
        }
    }

    public async Task ReadAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_buffer) is > 0 and var received)
            {
                Bytes += received;
                Count(_buffer.AsSpan(0, received));
            }
        }
        catch (SocketException)
        {
            // Cut off.
        }
        catch (ObjectDisposedException)
        {
            // The bench is over.
        }

        IsEnded = true;
    }

    public void Dispose() => _socket.Dispose();

    private void Count(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_payloadLeft > 0)
            {
                var taken = (int)Math.Min(_payloadLeft, bytes.Length);
                _payloadLeft -= taken;
                bytes = bytes[taken..];
                continue;
            }

            _header[_headerBytes++] = bytes[0];
            bytes = bytes[1..];
            if (_headerBytes >= 2 && _headerBytes == 2 + LengthBytes())
            {
                _payloadLeft = Length();
                _headerBytes = 0;
                _frames++;
            }
        }
    }

    private int LengthBytes() => _header[1] switch { 126 => 2, 127 => 8, _ => 0 };

    private long Length() => _header[1] switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
        127 => BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(2)),
        var length => length,
    };
}
