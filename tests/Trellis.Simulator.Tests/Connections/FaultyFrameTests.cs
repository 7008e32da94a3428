using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Connections;

public sealed class FaultyFrameTests
{
    private readonly Queue<FrameFault> _faults = new();
    private readonly TestFaults _source = new();

    public FaultyFrameTests() => _source.Frames = _ => _faults.TryDequeue(out var fault) ? fault : FrameFault.None;

    [Fact]
    public async Task A_frame_is_dropped_or_repeated()
    {
        await using var line = Line(FrameFault.None with { Copies = 0 }, FrameFault.None with { Copies = 3 });

        line.Say("lost");
        line.Say("thrice");
        line.Say("once");

        (await ReadAsync(line, 4)).ShouldBe(["thrice", "thrice", "thrice", "once"]);
    }

    [Fact]
    public async Task A_frame_is_overtaken_by_the_next()
    {
        await using var line = Line(FrameFault.None with { SwapWithNext = true });

        line.Say("first");
        line.Connection.QueuedFrames.ShouldBe(1);
        line.Say("second");
        line.Say("third");

        (await ReadAsync(line, 3)).ShouldBe(["second", "first", "third"]);
    }

    [Fact]
    public async Task A_frame_that_nothing_overtakes_goes_after_a_second()
    {
        await using var line = Line(FrameFault.None with { SwapWithNext = true });

        line.Say("alone");
        line.Time.Advance(TimeSpan.FromSeconds(1));

        (await ReadAsync(line, 1)).ShouldBe(["alone"]);
    }

    [Fact]
    public async Task Delayed_frames_keep_their_order_and_go_when_they_are_due()
    {
        var late = FrameFault.None with { Delay = TimeSpan.FromSeconds(3) };
        await using var line = Line(late, late, FrameFault.None with { Delay = TimeSpan.FromSeconds(1) });

        line.Say("a");
        line.Say("b");
        line.Say("c");
        line.Say("now");
        (await ReadAsync(line, 1)).ShouldBe(["now"]);
        line.Time.Advance(TimeSpan.FromSeconds(1));
        (await ReadAsync(line, 1)).ShouldBe(["c"]);
        line.Connection.QueuedFrames.ShouldBe(2);
        line.Time.Advance(TimeSpan.FromSeconds(2));

        (await ReadAsync(line, 2)).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_silent_stream_answers_and_pongs_and_says_nothing_else()
    {
        await using var line = Line();
        line.Faults.MarketIsSilent = true;

        line.Say("unheard");
        await line.Client.SendAsync(9, []);
        await line.Client.SendAsync("there?");

        (await line.Client.ReadAsync()).ShouldNotBeNull().Opcode.ShouldBe(ReceivedFrame.Pong);
        (await ReadAsync(line, 1)).ShouldBe(["re: there?"]);
    }

    private ConnectionLine Line(params FrameFault[] faults)
    {
        foreach (var fault in faults)
        {
            _faults.Enqueue(fault);
        }

        return new ConnectionLine(faults: _source);
    }

    private static async Task<List<string>> ReadAsync(ConnectionLine line, int count)
    {
        var texts = new List<string>();
        while (texts.Count < count)
        {
            texts.Add(await line.ReadTextAsync());
        }

        return texts;
    }
}
