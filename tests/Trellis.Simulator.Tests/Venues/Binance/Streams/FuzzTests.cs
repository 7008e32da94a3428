using System.Globalization;
using Trellis.Core.Numerics;
using Trellis.Simulator.Tests.Fuzzing;
using Trellis.Simulator.Venues.Binance.Streams;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

/// <summary>Frames that are damaged somewhere: nobody but their sender notices. TRELLIS_FUZZ_FRAMES sets how many.</summary>
public sealed class FuzzTests
{
    private const int FramesPerConnection = 40;

    [Fact]
    public async Task Damaged_frames_harm_nobody_but_their_sender()
    {
        var frames = int.Parse(Environment.GetEnvironmentVariable("TRELLIS_FUZZ_FRAMES") ?? "20000", CultureInfo.InvariantCulture);
        await using var floor = new StreamFloor(StreamFloor.Patient);
        var random = new DeterministicRandom(2026);
        var neighbour = floor.ConnectTo(StreamRoute.Local, "btcusdt@markPrice@1s");
        await floor.MarkAsync(50_000m);
        for (int sent = 0, connections = 1; sent < frames; connections++)
        {
            var client = floor.ConnectTo((StreamRoute)(random.NextBits() % 5));
            var discarding = DiscardAsync(client.Raw.Stream);
            for (var i = 0; i < FramesPerConnection && !client.Ended.IsCompleted; i++)
            {
                sent++;
                await client.Raw.WriteAsync(MutatedFrames.Next(random));
            }

            await client.DisposeAsync();
            await discarding;
            if (connections % 50 == 0)
            {
                floor.Pass(1_000);
                (await neighbour.DrainAsync()).Count.ShouldBe(1);
            }
        }

        floor.Hub.Connections.ShouldBe(1);
        floor.Pass(1_000);
        (await neighbour.DrainAsync()).Count.ShouldBe(1);
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
}
