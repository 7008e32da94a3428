using Trellis.Simulator.Venues.Binance.Endpoints;
using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.WebSocketApi;

/// <summary>The session of a connection. Only Ed25519 keys can log on, and the simulator's keys are HMAC keys: every request is signed.</summary>
internal static class SessionEndpoints
{
    public static ValueTask LogOn(BinanceCall call) => throw new RequestRefusedException(RequestErrors.HmacLogon);

    /// <summary>The answer to session.status and session.logout alike: nobody is logged on.</summary>
    public static Endpoint Status(long connectedSince, bool returnRateLimits) => new(Access.Open, static _ => 2, call =>
    {
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteNull("apiKey"u8);
        writer.WriteNull("authorizedSince"u8);
        writer.WriteNumber("connectedSince"u8, connectedSince);
        writer.WriteBoolean("returnRateLimits"u8, returnRateLimits);
        writer.WriteNumber("serverTime"u8, call.Services.WireTime);
        writer.WriteEndObject();
        return ValueTask.CompletedTask;
    });
}
