using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Signing;

/// <summary>A signed request is good for a short while only.</summary>
internal static class RequestTime
{
    private const long UsualWindow = 5000;
    private const long Ahead = 1000;

    /// <summary>Accepts timestamp &lt; serverTime + 1000 and serverTime − timestamp ≤ recvWindow (Binance, General Info, "Timing security").</summary>
    /// <exception cref="RequestRefusedException">-1102 without a timestamp, -1021 outside of the window.</exception>
    public static void Check(Parameters parameters, long serverTime)
    {
        var timestamp = parameters.RequiredLong("timestamp");
        var window = parameters.OptionalLong("recvWindow") ?? UsualWindow;
        if (window < 0)
        {
            throw new RequestRefusedException(RequestErrors.Invalid("recvWindow"));
        }

        if (timestamp >= serverTime + Ahead)
        {
            throw new RequestRefusedException(RequestErrors.TimestampAhead);
        }

        if (timestamp < 0 || serverTime - timestamp > window)
        {
            throw new RequestRefusedException(RequestErrors.TimestampTooOld);
        }
    }
}
