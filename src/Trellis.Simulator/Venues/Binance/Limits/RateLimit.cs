namespace Trellis.Simulator.Venues.Binance.Limits;

/// <summary>A limit of Binance: so many in so long.</summary>
/// <param name="Kind">REQUEST_WEIGHT or ORDERS.</param>
/// <param name="Interval">SECOND or MINUTE.</param>
/// <param name="Usual">Without faults.</param>
internal sealed record RateLimit(string Kind, string Interval, int IntervalNumber, int Usual)
{
    /// <summary>Per address (Binance, exchangeInfo of USDⓈ-M).</summary>
    public static RateLimit Weight { get; } = new("REQUEST_WEIGHT", "MINUTE", 1, 2400);

    /// <summary>Per account.</summary>
    public static RateLimit OrdersPerMinute { get; } = new("ORDERS", "MINUTE", 1, 1200);

    /// <summary>Per account.</summary>
    public static RateLimit OrdersPerTenSeconds { get; } = new("ORDERS", "SECOND", 10, 300);

    public static IReadOnlyList<RateLimit> All { get; } = [Weight, OrdersPerMinute, OrdersPerTenSeconds];

    public static IReadOnlyList<RateLimit> Orders { get; } = [OrdersPerTenSeconds, OrdersPerMinute];

    /// <summary>Milliseconds.</summary>
    public long Length => (Interval == "MINUTE" ? 60_000L : 1000L) * IntervalNumber;

    /// <summary>The limit under a squeeze or a relief; at least 1.</summary>
    public int Effective(double factor) => (int)Math.Clamp(Usual * factor, 1, int.MaxValue);
}

/// <summary>Counts within intervals of a fixed length that begin at multiples of it.</summary>
internal struct FixedWindow
{
    private long _window;
    private long _used;

    public long Used(long now, long length) => _window == now / length ? _used : 0;

    public void Add(long now, long length, int amount)
    {
        _used = Used(now, length) + amount;
        _window = now / length;
    }

    /// <summary>Seconds until the interval is over, rounded up.</summary>
    public static int SecondsLeft(long now, long length) => (int)((length - (now % length) + 999) / 1000);
}
