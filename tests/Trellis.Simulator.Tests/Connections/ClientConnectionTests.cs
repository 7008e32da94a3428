using System.Text;
using Trellis.Simulator.Connections;

namespace Trellis.Simulator.Tests.Connections;

public sealed class ClientConnectionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task Messages_of_any_length_go_both_ways(int length)
    {
        await using var line = new ConnectionLine(unreadBytes: 1 << 20);
        var text = new string('x', length);

        await line.Client.SendAsync(text);

        (await line.ReadTextAsync()).ShouldBe("re: " + text);
    }

    [Fact]
    public async Task Fragments_are_put_together_and_a_ping_may_come_between()
    {
        await using var line = new ConnectionLine();

        await line.Client.SendAsync(1, "he"u8.ToArray(), isFinal: false);
        await line.Client.SendAsync(9, "?"u8.ToArray());
        await line.Client.SendAsync(0, [], isFinal: false);
        await line.Client.SendAsync(0, "llo"u8.ToArray());

        var pong = (await line.Client.ReadAsync()).ShouldNotBeNull();
        (pong.Opcode, pong.AsText).ShouldBe((ReceivedFrame.Pong, "?"));
        (await line.ReadTextAsync()).ShouldBe("re: hello");
    }

    [Fact]
    public async Task Bytes_may_come_one_at_a_time()
    {
        await using var line = new ConnectionLine();

        foreach (var value in ClientFrame.Of(ClientFrame.Text, Encoding.UTF8.GetBytes("slowly")))
        {
            await line.Client.WriteAsync([value]);
        }

        (await line.ReadTextAsync()).ShouldBe("re: slowly");
    }

    [Theory]
    [InlineData("without a mask", 1002, new byte[] { 0x81, 0x01, 0x41 })]
    [InlineData("a reserved bit", 1002, new byte[] { 0xC1, 0x81, 0, 0, 0, 0, 0x41 })]
    [InlineData("an unknown opcode", 1002, new byte[] { 0x83, 0x81, 0, 0, 0, 0, 0x41 })]
    [InlineData("a continuation of nothing", 1002, new byte[] { 0x80, 0x81, 0, 0, 0, 0, 0x41 })]
    [InlineData("a ping in fragments", 1002, new byte[] { 0x09, 0x81, 0, 0, 0, 0, 0x41 })]
    [InlineData("text that is no UTF-8", 1007, new byte[] { 0x81, 0x81, 0, 0, 0, 0, 0xFF })]
    [InlineData("a message too long", 1009, new byte[] { 0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0 })]
    [InlineData("a negative length", 1009, new byte[] { 0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0 })]
    public async Task Broken_frames_are_answered_with_a_close_code(string what, int code, byte[] bytes)
    {
        await using var line = new ConnectionLine();

        await line.Client.WriteAsync(bytes);

        (await line.ReadToEndAsync()).ShouldNotBeNull(what).CloseCode.ShouldBe(code, what);
        await line.Ended;
    }

    [Fact]
    public async Task A_fragmented_message_is_bounded_like_a_whole_one()
    {
        await using var line = new ConnectionLine(new ConnectionSettings { MaxMessageBytes = 100 });

        await line.Client.SendAsync(1, new byte[60], isFinal: false);
        await line.Client.SendAsync(0, new byte[60]);

        (await line.ReadToEndAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1009);
    }

    [Fact]
    public async Task A_client_that_says_goodbye_is_answered()
    {
        await using var line = new ConnectionLine();
        line.Say("one");

        await line.Client.SendAsync(8, [0x03, 0xE8]);

        (await line.ReadTextAsync()).ShouldBe("one");
        (await line.ReadToEndAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1000);
        await line.Ended;
        line.Connection.WasCut.ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_that_just_goes_is_forgotten()
    {
        await using var line = new ConnectionLine();

        await line.Client.Stream.DisposeAsync();

        await line.Ended;
    }

    [Fact]
    public async Task The_server_says_goodbye_when_it_stops()
    {
        await using var line = new ConnectionLine();
        line.Say("last words");

        line.Stop();

        (await line.ReadTextAsync()).ShouldBe("last words");
        (await line.Client.ReadAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1001);
        await line.Client.SendAsync(8, [0x03, 0xE9]);
        await line.Ended;
    }

    [Fact]
    public async Task A_client_that_does_not_answer_a_goodbye_is_cut_off()
    {
        await using var line = new ConnectionLine();

        line.Connection.Close(WebSocketCloseCode.GoingAway, "enough");
        (await line.Client.ReadAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1001);
        line.Time.Advance(TimeSpan.FromSeconds(6));

        await line.Ended;
        line.Connection.WasCut.ShouldBeTrue();
    }

    [Fact]
    public async Task The_server_pings_every_three_minutes_and_lives_as_long_as_it_hears_pongs()
    {
        await using var line = new ConnectionLine(new ConnectionSettings { PingEvery = TimeSpan.FromMinutes(3), PongWithin = TimeSpan.FromMinutes(10) });
        for (var round = 0; round < 20; round++)
        {
            Pass(line, TimeSpan.FromMinutes(3));
            var ping = (await line.Client.ReadAsync()).ShouldNotBeNull();
            (ping.Opcode, ping.AsText).ShouldBe((ReceivedFrame.Ping, $"{line.Time.Milliseconds}"));
            await line.Client.SendAsync(10, ping.Payload);
            await line.Client.SendAsync($"{round}");
            (await line.ReadTextAsync()).ShouldBe($"re: {round}");
        }
    }

    [Fact]
    public async Task A_client_without_a_pong_for_ten_minutes_is_cut_off()
    {
        await using var line = new ConnectionLine(new ConnectionSettings { PingEvery = TimeSpan.FromMinutes(3), PongWithin = TimeSpan.FromMinutes(10) });

        Pass(line, TimeSpan.FromMinutes(12));
        line.Connection.WasCut.ShouldBeFalse();
        Pass(line, TimeSpan.FromMinutes(1));

        await line.Ended;
        line.Connection.WasCut.ShouldBeTrue();
    }

    [Fact]
    public async Task A_connection_is_closed_when_it_is_a_day_old()
    {
        await using var line = new ConnectionLine(new ConnectionSettings { Life = TimeSpan.FromHours(24) });

        Pass(line, TimeSpan.FromHours(23.9));
        line.Say("still here");
        (await line.ReadTextAsync()).ShouldBe("still here");
        Pass(line, TimeSpan.FromHours(0.1));

        (await line.Client.ReadAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1001);
    }

    [Fact]
    public async Task Ten_messages_a_second_are_served_and_the_eleventh_ends_the_connection()
    {
        await using var line = new ConnectionLine(new ConnectionSettings { FramesPerSecond = 10 });
        for (var second = 0; second < 3; second++)
        {
            for (var i = 0; i < 10; i++)
            {
                await line.Client.SendAsync("hello");
                (await line.ReadTextAsync()).ShouldBe("re: hello");
            }

            line.Time.Advance(TimeSpan.FromSeconds(1));
        }

        for (var i = 0; i < 11; i++)
        {
            await line.Client.SendAsync(10, []);
        }

        (await line.ReadToEndAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1008);
    }

    [Fact]
    public async Task A_squeeze_of_the_limits_counts_here_too()
    {
        await using var line = new ConnectionLine(new ConnectionSettings { FramesPerSecond = 10 }, new TestFaults { LimitFactor = 0.2 });

        await line.Client.SendAsync("1");
        await line.Client.SendAsync("2");
        await line.Client.SendAsync("3");

        (await line.ReadToEndAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1008);
    }

    [Fact]
    public async Task Every_message_is_recorded_both_ways_and_pings_are_not()
    {
        await using var line = new ConnectionLine();
        await line.Client.SendAsync(9, []);
        await line.Client.SendAsync("a");
        (await line.Client.ReadAsync()).ShouldNotBeNull();
        (await line.ReadTextAsync()).ShouldBe("re: a");

        line.Recorder.In.ShouldBe(["a"]);
        line.Recorder.Out.ShouldBe(["re: a"]);
    }

    private static void Pass(ConnectionLine line, TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromSeconds(30))
        {
            line.Time.Advance(TimeSpan.FromSeconds(30));
            line.Connection.Watch();
        }
    }
}
