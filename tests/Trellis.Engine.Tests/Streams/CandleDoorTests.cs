using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Queues;
using Trellis.Engine.Streams;
using Trellis.Engine.Tests.Doubles;

namespace Trellis.Engine.Tests.Streams;

public sealed class CandleDoorTests : IDisposable
{
    private const long Minute = 60_000;

    private readonly List<long> entered = [];
    private readonly InputQueues queues;
    private readonly CandleDoor door;

    public CandleDoorTests()
    {
        queues = new InputQueues(1, new EngineLimits(), work => entered.Add(((CandleClosed)work.Input!).Candle.OpenTime / Minute));
        queues.Begin();
        door = new CandleDoor(0, queues);
    }

    public void Dispose() => queues.Dispose();

    [Fact]
    public void What_the_stream_tells_waits_for_what_closed_before_it()
    {
        door.Open();
        door.Add(Some.Candle(5 * Minute));

        Fetch(3, 4, 5);

        entered.ShouldBe([3, 4, 5]);
    }

    [Fact]
    public void The_latest_candle_waits_until_the_account_is_understood()
    {
        Fetch(1, 2, 3);
        entered.ShouldBe([1, 2]);

        door.Open();

        entered.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_newer_candle_takes_the_place_of_the_one_that_waits()
    {
        Fetch(1);
        door.Add(Some.Candle(2 * Minute));
        entered.ShouldBe([1]);

        door.Open();
        door.Add(Some.Candle(3 * Minute));

        entered.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_candle_enters_once_and_never_behind_a_later_one()
    {
        door.Behind(2 * Minute);
        door.Open();
        Fetch(1, 2, 3);

        door.Add(Some.Candle(3 * Minute));
        door.Add(Some.Candle(2 * Minute));

        entered.ShouldBe([3]);
    }

    private void Fetch(params long[] minutes)
    {
        foreach (var minute in minutes)
        {
            door.AddFetched(Some.Candle(minute * Minute));
        }

        door.CaughtUp();
    }
}
