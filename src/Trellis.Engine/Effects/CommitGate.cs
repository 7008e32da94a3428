using System.Threading.Channels;
using Trellis.Core.Trading.Effects;
using Trellis.Engine.Journal;

namespace Trellis.Engine.Effects;

/// <summary>
/// Holds orders until the input that they follow from is on disk. An order that waited too long is turned away instead: the disk came back, but
/// the price that it was decided on has not.
/// </summary>
internal sealed class CommitGate : IAsyncDisposable
{
    private readonly Channel<Held> held = Channel.CreateUnbounded<Held>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly IJournal journal;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;
    private readonly Action<string>? checkpoint;
    private readonly Task passing;
    private int waiting;

    public CommitGate(IJournal journal, TimeProvider time, EngineLimits limits, Action<string>? checkpoint)
    {
        this.journal = journal;
        this.time = time;
        patience = limits.CommitPatience;
        this.checkpoint = checkpoint;
        passing = Task.Run(PassAsync);
    }

    public Action<IReadOnlyList<PlaceOrder>> Release { get; set; } = static _ => { };

    public Action<IReadOnlyList<PlaceOrder>> TurnAway { get; set; } = static _ => { };

    /// <summary>The journal will never commit again.</summary>
    public Action<StorageException> Broken { get; set; } = static _ => { };

    /// <summary>Groups of orders that wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public void Pass(long sequence, IReadOnlyList<PlaceOrder> orders)
    {
        checkpoint?.Invoke("before-commit");
        if (Waiting == 0 && journal.CommittedSequence >= sequence)
        {
            Release(orders);
            return;
        }

        Interlocked.Increment(ref waiting);
        held.Writer.TryWrite(new Held(sequence, orders, time.GetTimestamp()));
    }

    public async ValueTask DisposeAsync()
    {
        held.Writer.TryComplete();
        await passing;
    }

    private async Task PassAsync()
    {
        await foreach (var next in held.Reader.ReadAllAsync())
        {
            try
            {
                await journal.CommittedAsync(next.Sequence);
                checkpoint?.Invoke("after-commit");
                if (time.GetElapsedTime(next.Since) <= patience)
                {
                    Release(next.Orders);
                }
                else
                {
                    TurnAway(next.Orders);
                }
            }
            catch (StorageException exception)
            {
                // Nothing that was not committed may leave, and the loop may not be told so: it would decide again on a journal that is not there.
                Broken(exception);
            }
            finally
            {
                Interlocked.Decrement(ref waiting);
            }
        }
    }

    private readonly record struct Held(long Sequence, IReadOnlyList<PlaceOrder> Orders, long Since);
}
