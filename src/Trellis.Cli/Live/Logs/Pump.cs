using System.Threading.Channels;

namespace Trellis.Cli.Live.Logs;

/// <summary>Takes items from threads that must not wait, and hands them one after another to a writer that may.</summary>
internal sealed class Pump<T> : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<T> channel;
    private readonly Func<T, CancellationToken, Task> write;
    private readonly Func<long, CancellationToken, Task> tellLost;
    private readonly CancellationTokenSource hurry = new();
    private readonly TimeProvider time;
    private readonly Task running;
    private long lost;

    /// <param name="capacity">Items that may wait; more are counted and lost. Null: none is lost.</param>
    /// <param name="write">One item; cancelled when there is no more time. Does not throw.</param>
    /// <param name="tellLost">How many items were lost before the next one.</param>
    /// <param name="time">For the patience at the end.</param>
    public Pump(int? capacity, Func<T, CancellationToken, Task> write, Func<long, CancellationToken, Task> tellLost, TimeProvider time)
    {
        channel = capacity is { } most
            ? Channel.CreateBounded<T>(new BoundedChannelOptions(most) { SingleReader = true })
            : Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });
        this.write = write;
        this.tellLost = tellLost;
        this.time = time;
        running = Task.Run(RunAsync);
    }

    /// <summary>Returns at once, and never throws.</summary>
    public void Offer(T item)
    {
        if (!channel.Writer.TryWrite(item))
        {
            Interlocked.Increment(ref lost);
        }
    }

    /// <summary>Writes what waits, within 5 s.</summary>
    public async ValueTask DisposeAsync()
    {
        channel.Writer.TryComplete();
        if (await EndsWithinAsync(Patience))
        {
            hurry.Dispose();
            return;
        }

        await hurry.CancelAsync();

        // A writer that is stuck in the operating system is left behind: the process must be able to end.
        await EndsWithinAsync(Patience);
    }

    private async Task<bool> EndsWithinAsync(TimeSpan patience)
    {
        try
        {
            await running.WaitAsync(patience, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task RunAsync()
    {
        await foreach (var item in channel.Reader.ReadAllAsync())
        {
            await TellLostAsync();
            await write(item, hurry.Token);
        }

        await TellLostAsync();
    }

    private async Task TellLostAsync()
    {
        if (Interlocked.Exchange(ref lost, 0) is var count and > 0)
        {
            await tellLost(count, hurry.Token);
        }
    }
}
