namespace Trellis.Simulator.Venues.Binance.Errors;

/// <summary>An error as Binance answers it: <c>{"code":-1121,"msg":"Invalid symbol."}</c> under an HTTP status.</summary>
internal readonly record struct BinanceError(int Http, int Code, string Message)
{
    /// <summary>The usual kind: HTTP 400.</summary>
    public BinanceError(int code, string message)
        : this(400, code, message)
    {
    }

    /// <summary>Seconds to wait before the next request; 0 for none.</summary>
    public int RetryAfterSeconds { get; init; }
}

/// <summary>Ends the work on a request with an error for its client.</summary>
internal sealed class RequestRefusedException(BinanceError error) : Exception(error.Message)
{
    public BinanceError Error { get; } = error;
}
