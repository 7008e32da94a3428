using Trellis.Cli.Live.Logs;

namespace Trellis.Cli.Tests.Live.Logs;

public sealed class PumpTests
{
    [Fact]
    public async Task A_slow_writer_blocks_nobody_and_what_has_no_room_is_counted()
    {
        using var gate = new SemaphoreSlim(0);
        var written = new List<int>();
        var lost = 0L;
        var pump = new Pump<int>(10, WriteAsync, (count, _) => Task.FromResult(lost += count), TimeProvider.System);

        // Nothing is written before all have been offered: had an offer to wait, this would never end.
        for (var i = 0; i < 1_000; i++)
        {
            pump.Offer(i);
        }

        gate.Release(1_000);
        await pump.DisposeAsync();

        written.Count.ShouldBeInRange(10, 11);
        (written.Count + lost).ShouldBe(1_000);

        async Task WriteAsync(int item, CancellationToken cancellation)
        {
            await gate.WaitAsync(cancellation);
            written.Add(item);
        }
    }

    [Fact]
    public async Task Without_a_capacity_nothing_is_lost()
    {
        using var gate = new SemaphoreSlim(0);
        var written = new List<int>();
        var pump = new Pump<int>(
            capacity: null,
            async (item, cancellation) =>
            {
                await gate.WaitAsync(cancellation);
                written.Add(item);
            },
            (_, _) => throw new InvalidOperationException("nothing may be lost"),
            TimeProvider.System);

        for (var i = 0; i < 50_000; i++)
        {
            pump.Offer(i);
        }

        gate.Release(50_000);
        await pump.DisposeAsync();

        written.ShouldBe(Enumerable.Range(0, 50_000));
    }
}
