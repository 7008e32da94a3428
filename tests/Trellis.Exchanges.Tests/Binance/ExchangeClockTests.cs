using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>How the exchange's clock is measured.</summary>
public sealed class ExchangeClockTests
{
    [Fact]
    public async Task The_quickest_answer_is_believed_and_its_moment_lies_half_way()
    {
        var time = new ManualTime();
        var start = time.GetUtcNow().ToUnixTimeMilliseconds();
        var clock = new ExchangeClock(time);
        // Way there, way back; the exchange is 10 s ahead.
        var ways = new Queue<(int There, int Back)>([(900, 100), (20, 20), (5, 400)]);

        await clock.SyncAsync(
            _ =>
            {
                var (there, back) = ways.Dequeue();
                time.Pass(TimeSpan.FromMilliseconds(there));
                var told = time.GetUtcNow().ToUnixTimeMilliseconds() + 10_000;
                time.Pass(TimeSpan.FromMilliseconds(back));
                return Task.FromResult(told);
            },
            samples: 3,
            TestContext.Current.CancellationToken);

        clock.Offset.ShouldBe(10_000);
        clock.Now.ShouldBe(start + 1_445 + 10_000);
    }

    [Theory]
    [InlineData(300, 0)]
    [InlineData(0, 300)]
    [InlineData(100, 200)]
    public async Task Its_earliest_time_is_never_ahead_of_the_exchange(int there, int back)
    {
        var time = new ManualTime();
        var clock = new ExchangeClock(time);

        await clock.SyncAsync(
            _ =>
            {
                time.Pass(TimeSpan.FromMilliseconds(there));
                var told = time.GetUtcNow().ToUnixTimeMilliseconds() - 4_000;
                time.Pass(TimeSpan.FromMilliseconds(back));
                return Task.FromResult(told);
            },
            samples: 1,
            TestContext.Current.CancellationToken);

        var now = time.GetUtcNow().ToUnixTimeMilliseconds() - 4_000;
        clock.Earliest.ShouldBeInRange(now - there - back - 1, now);
    }
}
