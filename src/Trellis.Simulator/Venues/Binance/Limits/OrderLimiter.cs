using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Limits;

/// <summary>How much a request counts against the two order limits.</summary>
internal readonly record struct OrderCost(int TenSeconds, int Minute)
{
    public bool IsNone => TenSeconds == 0 && Minute == 0;
}

/// <summary>What an account has used of its order limits.</summary>
internal readonly record struct OrderUsage(long TenSeconds, long Minute);

/// <summary>Orders per account in 10 seconds and in a minute. Safe to call from any thread.</summary>
/// <param name="factor">Multiplies the limits.</param>
internal sealed class OrderLimiter(TimeProvider time, Func<double> factor)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, Counters> _byAccount = [];

    /// <summary>Counts orders; an error, and nothing counted, where they are too many.</summary>
    public BinanceError? Admit(AccountId account, OrderCost cost, out OrderUsage usage)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            if (!_byAccount.TryGetValue(account, out var counters))
            {
                _byAccount[account] = counters = new Counters();
            }

            usage = counters.Usage(now);
            if (Refuse(RateLimit.OrdersPerTenSeconds, usage.TenSeconds + cost.TenSeconds, "10 SECOND", now) is { } tenSeconds)
            {
                return tenSeconds;
            }

            if (Refuse(RateLimit.OrdersPerMinute, usage.Minute + cost.Minute, "1 MINUTE", now) is { } minute)
            {
                return minute;
            }

            counters.TenSeconds.Add(now, RateLimit.OrdersPerTenSeconds.Length, cost.TenSeconds);
            counters.Minute.Add(now, RateLimit.OrdersPerMinute.Length, cost.Minute);
            usage = counters.Usage(now);
            return null;
        }
    }

    private BinanceError? Refuse(RateLimit limit, long used, string interval, long now)
    {
        var allowed = limit.Effective(factor());
        return used <= allowed ? null : RequestErrors.TooManyOrders(allowed, interval, FixedWindow.SecondsLeft(now, limit.Length));
    }

    private sealed class Counters
    {
        public FixedWindow TenSeconds;
        public FixedWindow Minute;

        public OrderUsage Usage(long now) =>
            new(TenSeconds.Used(now, RateLimit.OrdersPerTenSeconds.Length), Minute.Used(now, RateLimit.OrdersPerMinute.Length));
    }
}
