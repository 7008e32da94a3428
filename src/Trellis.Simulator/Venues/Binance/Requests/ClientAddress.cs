using System.Net;
using Microsoft.AspNetCore.Http;

namespace Trellis.Simulator.Venues.Binance.Requests;

/// <summary>By which weights are counted.</summary>
internal static class ClientAddress
{
    public static string Of(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        IPAddress address => address.ToString(),
    };
}
