using System.Globalization;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Staying within the limits.</summary>
public sealed class RequestLimiterTests
{
    private static readonly RequestSpec Question = new(HttpMethod.Get, "/q", 100, Access.Public, Purpose.Read);
    private static readonly RequestSpec Cancel = new(HttpMethod.Delete, "/c", 1, Access.Signature, Purpose.Cancel);
    private static readonly RequestSpec Order = new(HttpMethod.Post, "/o", 0, Access.Signature, Purpose.Order) { Orders = (1, 1) };

    private readonly ManualTime _time = new();
    private readonly RequestLimiter _limiter;

    public RequestLimiterTests() => _limiter = new RequestLimiter(_time);

    [Fact]
    public void Questions_leave_room_for_orders_and_orders_for_cancels()
    {
        var sent = 0;
        while (_limiter.Enter(Question, "a").IsGranted)
        {
            sent++;
        }

        sent.ShouldBe(19);
        var amend = new RequestSpec(HttpMethod.Put, "/o", 1, Access.Signature, Purpose.Order);
        var amended = 0;
        while (_limiter.Enter(amend, "a").IsGranted)
        {
            amended++;
        }

        amended.ShouldBe(260);
        var cancelled = 0;
        while (_limiter.Enter(Cancel, "a").IsGranted)
        {
            cancelled++;
        }

        cancelled.ShouldBe(240);
    }

    [Fact]
    public void A_new_minute_has_room_again()
    {
        _limiter.SetLimits(100, null, null);
        _limiter.Enter(Question, "a").IsGranted.ShouldBeFalse();
        _limiter.SetLimits(200, null, null);
        _limiter.Enter(Question, "a").IsGranted.ShouldBeTrue();

        var refused = _limiter.Enter(Question, "a");
        refused.Wait.ShouldBe(TimeSpan.FromSeconds(60));
        _time.Pass(refused.Wait);

        _limiter.Enter(Question, "a").IsGranted.ShouldBeTrue();
    }

    [Fact]
    public void What_the_exchange_counted_is_believed_where_it_is_more()
    {
        var admission = _limiter.Enter(Cancel, "a");
        Learn(admission, ("X-MBX-USED-WEIGHT-1M", 1_900));

        _limiter.Enter(Question, "a").IsGranted.ShouldBeFalse();
        _limiter.UsedPercent.ShouldBe(1_900 / 24.0, 0.001);
    }

    [Fact]
    public void A_count_of_the_minute_before_does_not_hold_in_the_next()
    {
        var admission = _limiter.Enter(Cancel, "a");
        _time.Pass(TimeSpan.FromSeconds(60));
        Learn(admission, ("X-MBX-USED-WEIGHT-1M", 2_399));

        _limiter.Enter(Question, "a").IsGranted.ShouldBeTrue();
    }

    [Fact]
    public void Orders_are_counted_for_each_account()
    {
        _limiter.SetLimits(null, 2, 3);
        _limiter.Enter(Order, "a").IsGranted.ShouldBeTrue();
        _limiter.Enter(Order, "a").IsGranted.ShouldBeTrue();
        _limiter.Enter(Order, "a").Wait.ShouldBe(TimeSpan.FromSeconds(10));
        _limiter.Enter(Order, "b").IsGranted.ShouldBeTrue();

        _time.Pass(TimeSpan.FromSeconds(10));
        _limiter.Enter(Order, "a").IsGranted.ShouldBeTrue();
        _limiter.Enter(Order, "a").Wait.ShouldBe(TimeSpan.FromSeconds(50));
    }

    [Fact]
    public void Counted_orders_are_believed()
    {
        Learn(_limiter.Enter(Order, "a"), ("X-MBX-ORDER-COUNT-10S", 300), ("X-MBX-ORDER-COUNT-1M", 300));

        _limiter.Enter(Order, "a").IsGranted.ShouldBeFalse();
        _limiter.Enter(Cancel, "a").IsGranted.ShouldBeTrue();
    }

    [Fact]
    public void A_ban_lasts_as_long_as_it_says_and_at_least_two_minutes_where_it_says_nothing()
    {
        _limiter.Block(TimeSpan.Zero, isBan: true);
        _limiter.BannedUntil.ShouldBeGreaterThan(0);
        _limiter.Enter(Cancel, "a").Wait.ShouldBe(TimeSpan.FromMinutes(2));
        _limiter.Block(TimeSpan.FromSeconds(5), isBan: false);
        _limiter.BannedUntil.ShouldBeGreaterThan(0);

        _time.Pass(TimeSpan.FromMinutes(2));
        _limiter.BannedUntil.ShouldBe(0);
        _limiter.Enter(Cancel, "a").IsGranted.ShouldBeTrue();
    }

    [Fact]
    public void A_clock_that_is_corrected_shortens_no_block()
    {
        _limiter.Block(TimeSpan.FromSeconds(30), isBan: false);
        _limiter.SetOffset(3_600_000);

        _limiter.Enter(Cancel, "a").Wait.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Adapters_of_one_address_share_a_limiter()
    {
        var limiters = new RequestLimiters();

        var one = limiters.Of(new Uri("https://fapi.binance.com"), _time);
        limiters.Of(new Uri("https://fapi.binance.com/"), _time).ShouldBeSameAs(one);
        limiters.Of(new Uri("http://127.0.0.1:8080"), _time).ShouldNotBeSameAs(one);
    }

    private void Learn(in Admission admission, params (string Name, int Count)[] counters)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, count) in counters)
        {
            response.Headers.Add(name, count.ToString(CultureInfo.InvariantCulture));
        }

        _limiter.Learn(admission, "a", response.Headers);
    }
}
