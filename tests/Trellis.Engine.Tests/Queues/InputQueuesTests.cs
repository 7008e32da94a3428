using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Queues;
using Trellis.Engine.Tests.Doubles;
using Trellis.Exchanges.Tests;

namespace Trellis.Engine.Tests.Queues;

public sealed class InputQueuesTests
{
    [Fact]
    public void Orders_come_before_signals_and_signals_before_data()
    {
        var taken = new List<string>();
        InputQueues queues = null!;
        queues = new InputQueues(1, new EngineLimits(), work =>
        {
            if (work.Visit is not null)
            {
                // While the loop works, all of these gather.
                queues.Quote(0, 1m, 2m);
                queues.Candle(new CandleClosed(0, 0, Some.Candle(0)));
                queues.Signal(new KillSwitched(0, true, false, "test"));
                queues.Answer(new TimePassed(0));
                return;
            }

            taken.Add(work.Input!.GetType().Name);
        });

        queues.Begin();
        queues.Visit(() => { });

        taken.ShouldBe([nameof(TimePassed), nameof(KillSwitched), nameof(CandleClosed), nameof(QuoteChanged)]);
        queues.Dispose();
    }

    [Fact]
    public void Only_the_latest_quote_of_a_market_is_taken_up()
    {
        var taken = new List<QuoteChanged>();
        InputQueues queues = null!;
        queues = new InputQueues(2, new EngineLimits(), work =>
        {
            if (work.Visit is not null)
            {
                queues.Quote(1, 5m, 6m);
                queues.Quote(0, 1m, 2m);
                queues.Quote(1, 7m, 8m);
                return;
            }

            taken.Add((QuoteChanged)work.Input!);
        });

        queues.Begin();
        queues.Visit(() => { });

        taken.ShouldBe([new QuoteChanged(0, 1, 7m, 8m), new QuoteChanged(0, 0, 1m, 2m)]);
        queues.Dispose();
    }

    [Fact]
    public void All_waits_until_the_process_has_begun_and_candles_of_before_come_next()
    {
        var taken = new List<string>();
        using var queues = new InputQueues(1, new EngineLimits(), work => taken.Add(work.Input!.GetType().Name));
        queues.Quote(0, 1m, 2m);
        queues.Candle(new CandleClosed(0, 0, Some.Candle(0)));
        queues.Candle(new CandleClosed(0, 0, Some.Candle(60_000)));
        queues.Signal(new KillSwitched(0, true, false, "test"));
        queues.Order(new TimePassed(0)).ShouldBeTrue();
        taken.ShouldBeEmpty();

        queues.Begin(new Started(0, "test"));
        taken.ShouldBe([nameof(Started), nameof(CandleClosed), nameof(CandleClosed), nameof(TimePassed), nameof(KillSwitched), nameof(QuoteChanged)]);
        queues.Waiting.ShouldBe(0);

        queues.Answer(new TimePassed(0));
        taken[^1].ShouldBe(nameof(TimePassed));
    }

    [Fact]
    public async Task One_thread_at_a_time_is_in_the_loop_and_nothing_is_lost()
    {
        const int Each = 2_000;
        var (inside, most, count) = (0, 0, 0);
        using var queues = new InputQueues(1, new EngineLimits { OrderQueue = 64 }, _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            count++;
            Interlocked.Decrement(ref inside);
        });
        queues.Begin();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                if (writer % 2 == 0)
                {
                    queues.Order(new TimePassed(0));
                }
                else
                {
                    queues.Answer(new TimePassed(0));
                }
            }
        })));
        await Wait.UntilAsync(() => queues.Waiting == 0, "all is taken up");

        (most, count).ShouldBe((1, 4 * Each));
    }

    [Fact]
    public async Task A_full_order_queue_stops_the_reader_and_tells_that_it_stood_still()
    {
        using var mayGoOn = new ManualResetEventSlim();
        using var isIn = new ManualResetEventSlim();
        using var queues = new InputQueues(1, new EngineLimits { OrderQueue = 1, OrderQueuePatience = TimeSpan.FromMilliseconds(20) }, _ =>
        {
            isIn.Set();
            mayGoOn.Wait();
        });
        queues.Begin();
        var working = Task.Run(() => queues.Order(new TimePassed(0)));
        isIn.Wait(TestContext.Current.CancellationToken);
        queues.Order(new TimePassed(0)).ShouldBeTrue();

        using var isThere = new ManualResetEventSlim();
        var stopped = Task.Run(() =>
        {
            isThere.Set();
            return queues.Order(new TimePassed(0));
        });
        isThere.Wait(TestContext.Current.CancellationToken);
        (await Task.WhenAny(stopped, Task.Delay(100, TestContext.Current.CancellationToken))).ShouldNotBe(stopped);
        mayGoOn.Set();

        (await stopped).ShouldBeFalse();
        await working;
    }
}
