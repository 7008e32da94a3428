using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Trellis.Bench.Requests;

/// <summary>One client on one connection that signs each request, sends it and waits for the whole answer.</summary>
internal sealed class RequestClient(int number) : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LengthHeader = "Content-Length: "u8.ToArray();

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _secret = Encoding.ASCII.GetBytes(RequestServer.SecretOf(number));
    private readonly byte[] _buffer = new byte[16 * 1024];

    public Task ConnectAsync(IPEndPoint server) => _socket.ConnectAsync(server);

    /// <summary>Sends a signed request; true where it was answered with 200.</summary>
    public Task<bool> SignedAsync(string method, string path, string parameters)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{parameters}&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(text)));
        return SendAsync($"{method} {path}?{text}&signature={signature} HTTP/1.1\r\nHost: fapi.binance.com\r\nX-MBX-APIKEY: {RequestServer.KeyOf(number)}\r\n\r\n");
    }

    public Task<bool> PingAsync() => SendAsync("GET /fapi/v1/ping HTTP/1.1\r\nHost: fapi.binance.com\r\n\r\n");

    public void Dispose() => _socket.Dispose();

    private async Task<bool> SendAsync(string request)
    {
        var length = Encoding.ASCII.GetBytes(request, _buffer);
        await _socket.SendAsync(_buffer.AsMemory(0, length));
        var received = 0;
        while (!IsWhole(_buffer.AsSpan(0, received)))
        {
            var more = await _socket.ReceiveAsync(_buffer.AsMemory(received));
            if (more == 0)
            {
                return false;
            }

            received += more;
        }

        return _buffer.AsSpan(0, received).StartsWith("HTTP/1.1 200"u8);
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(EndOfHead);
        if (head < 0)
        {
            return false;
        }

        var header = answer[..head].IndexOf(LengthHeader);
        var digits = answer[(header + LengthHeader.Length)..];
        return int.TryParse(digits[..digits.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && answer.Length >= head + EndOfHead.Length + length;
    }
}
