using System.Collections.Concurrent;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>One limiter for each address, whoever asks: the exchange counts by address, not by bot.</summary>
internal sealed class RequestLimiters
{
    private readonly ConcurrentDictionary<string, RequestLimiter> _limiters = new(StringComparer.Ordinal);

    public RequestLimiter Of(Uri address, TimeProvider time) =>
        _limiters.GetOrAdd(address.GetLeftPart(UriPartial.Authority), static (_, clock) => new RequestLimiter(clock), time);
}
