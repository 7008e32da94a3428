namespace Trellis.Engine.Queues;

/// <summary>The latest quote of each market that has not been taken up; a newer one takes the place of the older one, and keeps its place in the row.</summary>
internal sealed class QuoteSlots(int markets)
{
    private readonly Lock gate = new();
    private readonly (decimal Bid, decimal Ask, bool Waits)[] slots = new (decimal, decimal, bool)[markets];
    private readonly Queue<int> row = new(markets);

    /// <returns>Whether something waits that did not before.</returns>
    public bool Put(int market, decimal bid, decimal ask)
    {
        lock (gate)
        {
            var isNew = !slots[market].Waits;
            slots[market] = (bid, ask, true);
            if (isNew)
            {
                row.Enqueue(market);
            }

            return isNew;
        }
    }

    public bool TryTake(out int market, out decimal bid, out decimal ask)
    {
        lock (gate)
        {
            if (!row.TryDequeue(out market))
            {
                (bid, ask) = (0m, 0m);
                return false;
            }

            (bid, ask, _) = slots[market];
            slots[market].Waits = false;
            return true;
        }
    }
}
