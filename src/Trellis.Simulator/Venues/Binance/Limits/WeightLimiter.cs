using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Limits;

/// <summary>
/// Request weight per address and minute: 429 beyond the limit, and 418, a ban, for who goes on all the same. Bans grow from 2 minutes
/// to 3 days (Binance, General Info, "IP Limits"); how many refused requests lead to one is not published, and is 30 here.
/// Safe to call from any thread.
/// </summary>
/// <param name="factor">Multiplies the limit.</param>
/// <param name="bannedUntil">Until when every address is shut out, Unix milliseconds.</param>
internal sealed class WeightLimiter(TimeProvider time, Func<double> factor, Func<long> bannedUntil)
{
    private const int RefusedUntilBan = 30;
    private const int FundingRequests = 500;
    private const long FundingInterval = 5 * 60_000;
    private static readonly TimeSpan FirstBan = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestBan = TimeSpan.FromDays(3);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Usage> _byAddress = new(StringComparer.Ordinal);

    public int Limit => RateLimit.Weight.Effective(factor());

    /// <summary>Counts a request; an error where it is too much.</summary>
    /// <param name="used">What the address has used in this minute, this request included.</param>
    public BinanceError? Admit(string address, int weight, out long used)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var length = RateLimit.Weight.Length;
        lock (_gate)
        {
            var usage = Find(address);
            var until = Math.Max(usage.BannedUntil, bannedUntil());
            if (now < until)
            {
                used = usage.Weight.Used(now, length);
                return RequestErrors.Banned(address, until, SecondsUntil(until, now));
            }

            usage.Weight.Add(now, length, weight);
            used = usage.Weight.Used(now, length);
            return used <= Limit ? null : Refuse(usage, address, now);
        }
    }

    /// <summary>What an address has used in this minute.</summary>
    public long Used(string address)
    {
        lock (_gate)
        {
            return Find(address).Weight.Used(time.GetUtcNow().ToUnixTimeMilliseconds(), RateLimit.Weight.Length);
        }
    }

    /// <summary>Counts a request for funding rates, which share a limit of their own.</summary>
    public BinanceError? AdmitFunding(string address)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            var usage = Find(address);
            usage.Funding.Add(now, FundingInterval, 1);
            return usage.Funding.Used(now, FundingInterval) <= FundingRequests * factor()
                ? null
                : RequestErrors.TooManyRequests(FundingRequests, FixedWindow.SecondsLeft(now, FundingInterval));
        }
    }

    private BinanceError Refuse(Usage usage, string address, long now)
    {
        usage.Refused.Add(now, RateLimit.Weight.Length, 1);
        if (usage.Refused.Used(now, RateLimit.Weight.Length) <= RefusedUntilBan)
        {
            return RequestErrors.TooManyRequests(Limit, FixedWindow.SecondsLeft(now, RateLimit.Weight.Length));
        }

        // A ban that ended longer ago than the longest one is forgotten.
        usage.Bans = usage.BannedUntil + (long)LongestBan.TotalMilliseconds < now ? 0 : usage.Bans;
        var ban = Math.Min(LongestBan.TotalMilliseconds, FirstBan.TotalMilliseconds * Math.Pow(2, usage.Bans));
        usage.Bans++;
        usage.BannedUntil = now + (long)ban;
        usage.Refused = default;
        return RequestErrors.Banned(address, usage.BannedUntil, SecondsUntil(usage.BannedUntil, now));
    }

    private Usage Find(string address)
    {
        if (!_byAddress.TryGetValue(address, out var usage))
        {
            _byAddress[address] = usage = new Usage();
        }

        return usage;
    }

    private static int SecondsUntil(long end, long now) => (int)((end - now + 999) / 1000);

    private sealed class Usage
    {
        public FixedWindow Weight;
        public FixedWindow Refused;
        public FixedWindow Funding;
        public long BannedUntil;
        public int Bans;
    }
}
