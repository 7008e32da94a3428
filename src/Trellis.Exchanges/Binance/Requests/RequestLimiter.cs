using System.Globalization;
using System.Net.Http.Headers;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>Whether a request may leave now.</summary>
/// <param name="Wait">Zero where it may; else how long there will be no room.</param>
/// <param name="SentAt">For <see cref="RequestLimiter.Learn"/>.</param>
internal readonly record struct Admission(TimeSpan Wait, string Why, long SentAt)
{
    public bool IsGranted => Wait == TimeSpan.Zero;
}

/// <summary>
/// Keeps everyone behind one address within the exchange's limits, so that a refusal is ours and never a ban. Counts what is sent, believes
/// the exchange's counters where they say more, keeps room for orders and more room for cancels, and holds everything where the exchange asks to be left alone.
/// </summary>
internal sealed class RequestLimiter(TimeProvider time)
{
    private const int UsualWeight = 2_400;
    private const int UsualOrdersOfTenSeconds = 300;
    private const int UsualOrdersOfMinute = 1_200;
    private const long TenSeconds = 10_000;
    private const long Minute = 60_000;

    private static readonly TimeSpan LeastBan = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly CountWindow _weight = new(Minute, UsualWeight);
    private readonly Dictionary<string, AccountCounts> _accounts = new(StringComparer.Ordinal);
    private int _ordersOfTenSeconds = UsualOrdersOfTenSeconds;
    private int _ordersOfMinute = UsualOrdersOfMinute;
    private long _offset;
    private long _blockedUntil;
    private bool _isBanned;

    /// <summary>Until when the exchange has shut this address out, on its clock, Unix milliseconds; 0 where it has not.</summary>
    public long BannedUntil
    {
        get
        {
            lock (_gate)
            {
                return _isBanned && Now < _blockedUntil ? _blockedUntil : 0;
            }
        }
    }

    /// <summary>Used share of the tightest limit, in percent.</summary>
    public double UsedPercent
    {
        get
        {
            lock (_gate)
            {
                var now = Now;
                _weight.Roll(now);
                var share = _weight.Share;
                foreach (var counts in _accounts.Values)
                {
                    counts.TenSeconds.Roll(now);
                    counts.Minute.Roll(now);
                    share = Math.Max(share, Math.Max(counts.TenSeconds.Share, counts.Minute.Share));
                }

                return 100 * share;
            }
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds() + _offset;

    /// <summary>Windows begin on the exchange's clock.</summary>
    public void SetOffset(long offset)
    {
        lock (_gate)
        {
            // A block was told as a length: it ends when that has passed, whatever the clock turns out to be.
            _blockedUntil += offset - _offset;
            foreach (var counts in _accounts.Values)
            {
                counts.BlockedUntil += offset - _offset;
            }

            _offset = offset;
        }
    }

    /// <summary>Limits that the exchange has told; null where it has not.</summary>
    public void SetLimits(int? weight, int? ordersOfTenSeconds, int? ordersOfMinute)
    {
        lock (_gate)
        {
            _weight.Limit = weight ?? _weight.Limit;
            _ordersOfTenSeconds = ordersOfTenSeconds ?? _ordersOfTenSeconds;
            _ordersOfMinute = ordersOfMinute ?? _ordersOfMinute;
            foreach (var counts in _accounts.Values)
            {
                counts.TenSeconds.Limit = _ordersOfTenSeconds;
                counts.Minute.Limit = _ordersOfMinute;
            }
        }
    }

    /// <summary>Takes room for a request where there is some.</summary>
    /// <param name="account">Whose orders are counted.</param>
    public Admission Enter(RequestSpec spec, string account)
    {
        lock (_gate)
        {
            var now = Now;
            if (now < _blockedUntil)
            {
                return new Admission(TimeSpan.FromMilliseconds(_blockedUntil - now), _isBanned ? "the exchange has banned this address for a while" : "the exchange asks to be left alone", 0);
            }

            if (!_weight.HasRoom(now, spec.Weight, ShareOf(spec.Purpose)))
            {
                return new Admission(TimeSpan.FromMilliseconds(_weight.UntilNext(now)), $"request weight {_weight.Used} of {_weight.Limit} a minute is used", 0);
            }

            if (spec.Orders != default && Refuse(now, Counts(account), spec.Orders) is { } refused)
            {
                return refused;
            }

            _weight.Use(now, spec.Weight);
            return new Admission(TimeSpan.Zero, "", now);
        }
    }

    /// <summary>Takes up the counters of an answer.</summary>
    public void Learn(in Admission admission, string account, HttpResponseHeaders headers)
    {
        lock (_gate)
        {
            var now = Now;
            if (Counter(headers, "X-MBX-USED-WEIGHT-1M") is { } weight)
            {
                _weight.Learn(now, _weight.IndexOf(admission.SentAt), weight);
            }

            if (Counter(headers, "X-MBX-ORDER-COUNT-10S") is { } ofTenSeconds)
            {
                var window = Counts(account).TenSeconds;
                window.Learn(now, window.IndexOf(admission.SentAt), ofTenSeconds);
            }

            if (Counter(headers, "X-MBX-ORDER-COUNT-1M") is { } ofMinute)
            {
                var window = Counts(account).Minute;
                window.Learn(now, window.IndexOf(admission.SentAt), ofMinute);
            }
        }
    }

    /// <summary>The exchange refused for too many requests: nothing leaves until it allows.</summary>
    /// <param name="wait">As told; zero for the rest of the minute, or the shortest ban.</param>
    public void Block(TimeSpan wait, bool isBan)
    {
        lock (_gate)
        {
            var now = Now;
            var until = now + (wait > TimeSpan.Zero ? (long)wait.TotalMilliseconds : isBan ? (long)LeastBan.TotalMilliseconds : _weight.UntilNext(now));
            if (until > _blockedUntil)
            {
                _blockedUntil = until;
                _isBanned = isBan;
            }
        }
    }

    /// <summary>The exchange refused an account's orders for being too many.</summary>
    public void BlockOrders(string account, TimeSpan wait)
    {
        lock (_gate)
        {
            var counts = Counts(account);
            counts.BlockedUntil = Math.Max(counts.BlockedUntil, Now + (wait > TimeSpan.Zero ? (long)wait.TotalMilliseconds : TenSeconds));
        }
    }

    private static Admission? Refuse(long now, AccountCounts counts, (int TenSeconds, int Minute) orders)
    {
        if (now < counts.BlockedUntil)
        {
            return new Admission(TimeSpan.FromMilliseconds(counts.BlockedUntil - now), "the exchange takes no more orders of this account for a while", 0);
        }

        foreach (var (window, count) in new[] { (counts.TenSeconds, orders.TenSeconds), (counts.Minute, orders.Minute) })
        {
            if (!window.HasRoom(now, count, 1))
            {
                return new Admission(TimeSpan.FromMilliseconds(window.UntilNext(now)), $"{window.Used} of {window.Limit} orders in {window.Length / 1_000} s are used", 0);
            }
        }

        counts.TenSeconds.Use(now, orders.TenSeconds);
        counts.Minute.Use(now, orders.Minute);
        return null;
    }

    private AccountCounts Counts(string account)
    {
        if (!_accounts.TryGetValue(account, out var counts))
        {
            counts = new AccountCounts(new CountWindow(TenSeconds, _ordersOfTenSeconds), new CountWindow(Minute, _ordersOfMinute));
            _accounts.Add(account, counts);
        }

        return counts;
    }

    private static double ShareOf(Purpose purpose) => purpose switch
    {
        Purpose.Read => 0.8,
        Purpose.Cancel => 1,
        _ => 0.9,
    };

    private static int? Counter(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private sealed class AccountCounts(CountWindow tenSeconds, CountWindow minute)
    {
        public CountWindow TenSeconds { get; } = tenSeconds;

        public CountWindow Minute { get; } = minute;

        public long BlockedUntil { get; set; }
    }
}
