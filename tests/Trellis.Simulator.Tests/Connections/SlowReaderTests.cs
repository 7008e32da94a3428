using System.Text;
using Trellis.Simulator.Connections;

namespace Trellis.Simulator.Tests.Connections;

public sealed class SlowReaderTests
{
    [Fact]
    public async Task A_client_that_does_not_read_is_dropped_while_others_are_served()
    {
        var settings = new ConnectionSettings { MaxQueuedFrames = 200 };
        await using var slow = new ConnectionLine(settings, unreadBytes: 1_024);
        await using var quick = new ConnectionLine(settings, unreadBytes: 1_024);
        for (var i = 0; i < 1_000; i++)
        {
            var text = $"{i} {new string('.', 100)}";
            slow.Say(text);
            quick.Say(text);
            (await quick.ReadTextAsync()).ShouldBe(text);
        }

        await slow.Ended;
        slow.Connection.WasTooSlow.ShouldBeTrue();
        quick.Connection.WasTooSlow.ShouldBeFalse();
        quick.Say("and on");
        (await quick.ReadTextAsync()).ShouldBe("and on");
    }

    [Fact]
    public async Task Bytes_are_bounded_like_frames()
    {
        await using var slow = new ConnectionLine(new ConnectionSettings { MaxQueuedBytes = 100_000 }, unreadBytes: 1_024);

        for (var i = 0; i < 20; i++)
        {
            slow.Say(new string('.', 10_000));
        }

        await slow.Ended;
        slow.Connection.WasTooSlow.ShouldBeTrue();
    }

    [Fact]
    public async Task A_client_that_takes_nothing_for_ten_seconds_is_dropped_however_little_waits()
    {
        await using var idle = new ConnectionLine(unreadBytes: 100);
        await using var stuck = new ConnectionLine(unreadBytes: 100);
        idle.Say("short");
        await idle.ReadTextAsync();
        stuck.Say(new string('.', 500));
        stuck.Connection.Watch();
        for (var tries = 0; tries < 1_000_000 && !stuck.Connection.WasTooSlow; tries++)
        {
            // The sender takes up the frame when it gets to it; from then on its client has ten seconds.
            stuck.Time.Advance(TimeSpan.FromSeconds(5));
            stuck.Connection.Watch();
            await Task.Yield();
        }

        stuck.Connection.WasTooSlow.ShouldBeTrue();
        await stuck.Ended;
        idle.Time.Advance(TimeSpan.FromSeconds(60));
        idle.Connection.Watch();
        idle.Say("still here");
        (await idle.ReadTextAsync()).ShouldBe("still here");
    }

    [Fact]
    public async Task Nothing_stays_counted_as_queued_once_it_was_sent_or_dropped()
    {
        await using var quick = new ConnectionLine();
        await using var slow = new ConnectionLine(new ConnectionSettings { MaxQueuedFrames = 50 }, unreadBytes: 100);
        for (var i = 0; i < 500; i++)
        {
            quick.Say("x");
            slow.Say("a text of some length");
        }

        for (var i = 0; i < 500; i++)
        {
            await quick.ReadTextAsync();
        }

        await slow.Ended;
        await quick.DisposeAsync();
        quick.Connection.QueuedFrames.ShouldBe(0);
    }

    [Fact]
    public async Task Of_what_only_the_newest_counts_a_slow_reader_gets_the_newest_and_is_not_dropped()
    {
        await using var line = new ConnectionLine(new ConnectionSettings { MaxQueuedFrames = 20 }, unreadBytes: 300);
        var source = new LatestFrame();
        var slot = new ConflatedSlot(source);
        for (var i = 1; i <= 5_000; i++)
        {
            source.Frame = OutboundFrame.Text(Encoding.UTF8.GetBytes($"{i} {new string('.', 100)}"));
            line.Say(slot);
        }

        var (last, seen) = (0, 0);
        while (last < 5_000)
        {
            var number = int.Parse((await line.ReadTextAsync()).Split(' ')[0]);
            number.ShouldBeGreaterThanOrEqualTo(last);
            last = number;
            seen++;
        }

        seen.ShouldBeLessThan(5_000);
        line.Connection.WasTooSlow.ShouldBeFalse();
    }

    [Fact]
    public async Task The_newest_is_never_left_behind()
    {
        await using var line = new ConnectionLine();
        var source = new LatestFrame();
        var slot = new ConflatedSlot(source);
        for (var i = 0; i < 5_000; i++)
        {
            source.Frame = OutboundFrame.Text(Encoding.UTF8.GetBytes($"{i}"));
            line.Say(slot);
            if (i % 7 == 0)
            {
                while (await line.ReadTextAsync() != $"{i}")
                {
                    // Older ones may still come before it.
                }
            }
        }
    }
}
