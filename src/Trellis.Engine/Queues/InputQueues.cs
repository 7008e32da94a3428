using System.Collections.Concurrent;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Queues;

/// <summary>
/// What waits for the loop: orders before signals before data. Whoever brings something while nobody works carries out all that waits, on its own thread: an
/// event goes from the socket to the wire without changing threads, and yet one thread at a time is in the loop. Until <see cref="Begin"/> all of it waits:
/// the loop remembers an earlier process and would go on as that one.
/// </summary>
internal sealed class InputQueues : IDisposable
{
    private readonly ConcurrentQueue<Work> orders = new();
    private readonly ConcurrentQueue<Work> signals = new();
    private readonly ConcurrentQueue<TradingInput> candles = new();
    private readonly QuoteSlots quotes;
    private readonly SemaphoreSlim room;
    private readonly TimeSpan patience;
    private readonly Action<Work> work;

    /// <summary>One more than what waits until the beginning, so that nobody works.</summary>
    private int waiting = 1;

    /// <param name="markets">Number of markets.</param>
    /// <param name="limits">Room of the order queue.</param>
    /// <param name="work">Takes a piece of work up; on one thread at a time.</param>
    public InputQueues(int markets, EngineLimits limits, Action<Work> work)
    {
        quotes = new QuoteSlots(markets);
        room = new SemaphoreSlim(limits.OrderQueue);
        patience = limits.OrderQueuePatience;
        this.work = work;
    }

    /// <summary>Pieces that wait, of all kinds.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>The process begins, once: takes up what comes before everything else, then the candles of before, then all that has come meanwhile.</summary>
    public void Begin(params IReadOnlyList<TradingInput> first)
    {
        foreach (var input in first)
        {
            work(new Work(input, null, IsBounded: false));
        }

        while (candles.TryDequeue(out var candle))
        {
            work(new Work(candle, null, IsBounded: false));
            Interlocked.Decrement(ref waiting);
        }

        CarryOn();
    }

    /// <summary>An event of the account. Waits for room: none is ever dropped.</summary>
    /// <returns>Whether it found room in time; else the reader stood still for so long that its stream counts as torn.</returns>
    public bool Order(TradingInput input)
    {
        var inTime = room.Wait(patience);
        if (!inTime)
        {
            room.Wait();
        }

        orders.Enqueue(new Work(input, null, IsBounded: true));
        Pump();
        return inTime;
    }

    /// <summary>What came of something that the engine did itself. Never waits.</summary>
    public void Answer(TradingInput input)
    {
        orders.Enqueue(new Work(input, null, IsBounded: false));
        Pump();
    }

    /// <summary>A command.</summary>
    public void Signal(TradingInput input)
    {
        signals.Enqueue(new Work(input, null, IsBounded: false));
        Pump();
    }

    /// <summary>A look at the loop, between two inputs.</summary>
    public void Visit(Action visit)
    {
        signals.Enqueue(new Work(null, visit, IsBounded: false));
        Pump();
    }

    public void Candle(TradingInput input)
    {
        candles.Enqueue(input);
        Pump();
    }

    /// <summary>Only the latest quote of a market waits.</summary>
    public void Quote(int market, decimal bid, decimal ask)
    {
        if (quotes.Put(market, bid, ask))
        {
            Pump();
        }
    }

    public void Dispose() => room.Dispose();

    private void Pump()
    {
        if (Interlocked.Increment(ref waiting) == 1)
        {
            Next();
            CarryOn();
        }
    }

    private void CarryOn()
    {
        while (Interlocked.Decrement(ref waiting) > 0)
        {
            Next();
        }
    }

    private void Next()
    {
        if (orders.TryDequeue(out var next))
        {
            if (next.IsBounded)
            {
                room.Release();
            }

            work(next);
        }
        else if (signals.TryDequeue(out next))
        {
            work(next);
        }
        else if (candles.TryDequeue(out var candle))
        {
            work(new Work(candle, null, IsBounded: false));
        }
        else if (quotes.TryTake(out var market, out var bid, out var ask))
        {
            work(new Work(new QuoteChanged(0, market, bid, ask), null, IsBounded: false));
        }
    }
}

/// <summary>An input, or a look at the loop.</summary>
internal readonly record struct Work(TradingInput? Input, Action? Visit, bool IsBounded);
