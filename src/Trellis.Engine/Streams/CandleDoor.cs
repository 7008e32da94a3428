using Trellis.Core.Markets;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Queues;

namespace Trellis.Engine.Streams;

/// <summary>
/// Where the candles of a market enter: each once, by its open time. The stream's wait until what closed before it has been fetched; and while the account
/// is not understood the latest one waits outside, so that bots are asked as soon as they may, and not a candle later.
/// </summary>
internal sealed class CandleDoor(int market, InputQueues queues)
{
    private readonly Lock gate = new();
    private readonly List<Candle> streamed = [];
    private Candle? outside;
    private bool isCaughtUp;
    private long last = long.MinValue;
    private bool isOpen;

    /// <summary>Open time of the latest candle that came, or the least there is.</summary>
    public long Last
    {
        get
        {
            lock (gate)
            {
                return last;
            }
        }
    }

    /// <summary>The journal has candles up to this one.</summary>
    public void Behind(long openTime)
    {
        lock (gate)
        {
            last = Math.Max(last, openTime);
        }
    }

    /// <summary>A candle of the stream.</summary>
    public void Add(in Candle candle)
    {
        lock (gate)
        {
            if (isCaughtUp)
            {
                Take(candle);
            }
            else
            {
                streamed.Add(candle);
            }
        }
    }

    /// <summary>A candle of before the stream.</summary>
    public void AddFetched(in Candle candle)
    {
        lock (gate)
        {
            Take(candle);
        }
    }

    /// <summary>Everything of before the stream is there.</summary>
    public void CaughtUp()
    {
        lock (gate)
        {
            isCaughtUp = true;
            foreach (var candle in streamed)
            {
                Take(candle);
            }

            streamed.Clear();
        }
    }

    /// <summary>Lets in what waits.</summary>
    public void Open()
    {
        lock (gate)
        {
            isOpen = true;
            if (outside is { } before)
            {
                outside = null;
                Enter(before);
            }
        }
    }

    private void Take(in Candle candle)
    {
        if (candle.OpenTime <= last)
        {
            return;
        }

        last = candle.OpenTime;
        if (isOpen)
        {
            Enter(candle);
            return;
        }

        // Whoever enters may open the door at once: the newer one has to be outside by then.
        var before = outside;
        outside = candle;
        if (before is { } older)
        {
            Enter(older);
        }
    }

    private void Enter(in Candle candle) => queues.Candle(new CandleClosed(0, market, candle));
}
