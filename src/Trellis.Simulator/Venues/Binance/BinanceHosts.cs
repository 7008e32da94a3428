using System.Net;
using Microsoft.AspNetCore.Http;

namespace Trellis.Simulator.Venues.Binance;

/// <summary>What of Binance a request is for.</summary>
internal enum BinanceService
{
    /// <summary>Not Binance's.</summary>
    None,
    FuturesRest,
    FuturesWebSocketApi,
    FuturesStreams,

    /// <summary>Requests about keys, which Binance answers on its spot hosts.</summary>
    Wallet,
    Spot,
}

/// <summary>
/// Tells by the Host header which service is meant, or by the path where the host is a loopback address: third-party clients
/// keep the official hosts or are pointed at an address of their own.
/// </summary>
internal static class BinanceHosts
{
    private const string WebSocketApiPath = "/ws-fapi/v1";

    private static readonly Dictionary<string, BinanceService> Services = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fapi.binance.com"] = BinanceService.FuturesRest,
        ["demo-fapi.binance.com"] = BinanceService.FuturesRest,
        ["testnet.binancefuture.com"] = BinanceService.FuturesRest,
        ["fstream.binance.com"] = BinanceService.FuturesStreams,
        ["fstream.binancefuture.com"] = BinanceService.FuturesStreams,
        ["stream.binancefuture.com"] = BinanceService.FuturesStreams,
        ["demo-fstream.binance.com"] = BinanceService.FuturesStreams,
        ["ws-fapi.binance.com"] = BinanceService.FuturesWebSocketApi,
        ["testnet-ws-fapi.binance.com"] = BinanceService.FuturesWebSocketApi,
        ["demo-ws-fapi.binance.com"] = BinanceService.FuturesWebSocketApi,
        ["api.binance.com"] = BinanceService.Spot,
        ["api1.binance.com"] = BinanceService.Spot,
        ["api2.binance.com"] = BinanceService.Spot,
        ["api3.binance.com"] = BinanceService.Spot,
        ["api4.binance.com"] = BinanceService.Spot,
        ["api-gcp.binance.com"] = BinanceService.Spot,
        ["demo-api.binance.com"] = BinanceService.Spot,
        ["testnet.binance.vision"] = BinanceService.Spot,
        ["data-api.binance.vision"] = BinanceService.Spot,
        ["stream.binance.com"] = BinanceService.Spot,
        ["data-stream.binance.vision"] = BinanceService.Spot,
        ["ws-api.binance.com"] = BinanceService.Spot,
    };

    /// <param name="bareStreamsAreSpot">Whether <c>/ws</c> and <c>/stream</c> on a loopback address belong to spot.</param>
    public static BinanceService Find(HttpRequest request, bool bareStreamsAreSpot)
    {
        var host = request.Host.Host;
        var path = request.Path.Value ?? "";
        if (Services.TryGetValue(host, out var service))
        {
            return service switch
            {
                BinanceService.Spot when path.StartsWith("/sapi/", StringComparison.Ordinal) => BinanceService.Wallet,
                BinanceService.FuturesRest when path == WebSocketApiPath => BinanceService.FuturesWebSocketApi,
                _ => service,
            };
        }

        return IsLoopback(host) ? ByPath(path, bareStreamsAreSpot) : BinanceService.None;
    }

    private static BinanceService ByPath(string path, bool bareStreamsAreSpot)
    {
        var second = path.IndexOf('/', 1);
        return (second < 0 ? path : path[..second]) switch
        {
            "/fapi" => BinanceService.FuturesRest,
            "/ws-fapi" => BinanceService.FuturesWebSocketApi,
            "/public" or "/market" or "/private" => BinanceService.FuturesStreams,
            "/ws" or "/stream" when !path.StartsWith("/ws/v5/", StringComparison.Ordinal) =>
                bareStreamsAreSpot ? BinanceService.Spot : BinanceService.FuturesStreams,
            "/sapi" => BinanceService.Wallet,
            "/ws-api" => BinanceService.Spot,
            "/api" when !path.StartsWith("/api/v5/", StringComparison.Ordinal) => BinanceService.Spot,
            _ => BinanceService.None,
        };
    }

    /// <summary>Whether clients were pointed at the simulator by an address of its own instead of an official one.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
