using System.Globalization;
using System.Text;
using Trellis.Core.Numerics;
using Trellis.Simulator.Tests.Connections;
using Trellis.Simulator.Venues.Binance.Streams;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

/// <summary>Frames that are damaged somewhere: nobody but their sender notices. TRELLIS_FUZZ_FRAMES sets how many.</summary>
public sealed class FuzzTests
{
    private const int FramesPerConnection = 40;

    private static readonly string[] Texts =
    [
        """{"method":"SUBSCRIBE","params":["btcusdt@depth","btcusdt@kline_1m","!ticker@arr"],"id":1}""",
        """{"method":"UNSUBSCRIBE","params":["btcusdt@depth"],"id":"two"}""",
        """{"method":"LIST_SUBSCRIPTIONS","id":3}""",
        """{"method":"SET_PROPERTY","params":["combined",true],"id":4}""",
        """{"method":"GET_PROPERTY","params":["combined"],"id":5}""",
        """{"method":"SUBSCRIBE","params":["\u20ac\ud83d\ude00@trade",""],"id":6}""",
    ];

    [Fact]
    public async Task Damaged_frames_harm_nobody_but_their_sender()
    {
        var frames = int.Parse(Environment.GetEnvironmentVariable("TRELLIS_FUZZ_FRAMES") ?? "20000", CultureInfo.InvariantCulture);
        await using var floor = new StreamFloor(StreamFloor.Patient);
        var random = new DeterministicRandom(2026);
        var neighbour = floor.ConnectTo(StreamRoute.Local, "btcusdt@markPrice@1s");
        await floor.MarkAsync(50_000m);
        for (var sent = 0; sent < frames; sent += FramesPerConnection)
        {
            var client = floor.ConnectTo((StreamRoute)(random.NextBits() % 5));
            var discarding = DiscardAsync(client.Raw.Stream);
            for (var i = 0; i < FramesPerConnection && !client.Ended.IsCompleted; i++)
            {
                await client.Raw.WriteAsync(Damaged(random));
            }

            await client.DisposeAsync();
            await discarding;
            if (sent % 2_000 == 0)
            {
                floor.Pass(1_000);
                (await neighbour.DrainAsync()).Count.ShouldBe(1);
            }
        }

        floor.Hub.Connections.ShouldBe(1);
        floor.Pass(1_000);
        (await neighbour.DrainAsync()).Count.ShouldBe(1);
    }

    private static byte[] Damaged(DeterministicRandom random)
    {
        var text = Encoding.UTF8.GetBytes(Texts[Pick(random, Texts.Length)]);
        if (random.NextBits() % 2 == 0)
        {
            Damage(random, ref text);
        }

        var frame = RawClient.Frame(random.NextBits() % 8 == 0 ? Pick(random, 16) : ReceivedFrame.Text, text, random.NextBits() % 16 != 0);
        if (random.NextBits() % 4 == 0)
        {
            Damage(random, ref frame);
        }

        return frame;
    }

    private static void Damage(DeterministicRandom random, ref byte[] bytes)
    {
        for (var times = 1 + Pick(random, 3); times > 0 && bytes.Length > 0; times--)
        {
            var at = Pick(random, bytes.Length);
            switch (random.NextBits() % 4)
            {
                case 0:
                    bytes[at] ^= (byte)(1 << Pick(random, 8));
                    break;
                case 1:
                    bytes[at] = (byte)random.NextBits();
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[(at + 1)..]];
                    break;
                default:
                    bytes = [.. bytes[..at], (byte)random.NextBits(), .. bytes[at..]];
                    break;
            }
        }
    }

    private static async Task DiscardAsync(Stream stream)
    {
        var buffer = new byte[4_096];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
                // What the server answers to nonsense is not asked here.
            }
        }
        catch (InvalidOperationException)
        {
            // The test has closed its end.
        }
    }

    private static int Pick(DeterministicRandom random, int count) => (int)(random.NextBits() % (ulong)count);
}
