using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Trellis.Simulator.Connections;

/// <summary>Turns an HTTP request into a WebSocket connection (RFC 6455, 4.2).</summary>
public static class WebSocketUpgrade
{
    private const string Suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyLength = 16;

    /// <summary>Whether the request asks for a WebSocket in the one version that there is.</summary>
    public static bool IsRequested(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers.SecWebSocketVersion == "13"
        && IsKey(context.Request.Headers.SecWebSocketKey.ToString());

    /// <summary>Switches protocols; what follows on the stream are frames.</summary>
    /// <exception cref="InvalidOperationException">The request asks for no WebSocket.</exception>
    public static async Task<Stream> AcceptAsync(HttpContext context)
    {
        if (!IsRequested(context))
        {
            throw new InvalidOperationException("the request asks for no WebSocket");
        }

        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    // SHA-1 is what the protocol prescribes; it proves understanding, and protects nothing.
#pragma warning disable CA5350
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Suffix)));
#pragma warning restore CA5350

    private static bool IsKey(string text)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        return Convert.TryFromBase64String(text, key, out var length) && length == KeyLength;
    }
}
