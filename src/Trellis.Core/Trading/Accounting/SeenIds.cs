namespace Trellis.Core.Trading.Accounting;

/// <summary>The latest ids of things that may be booked only once.</summary>
internal sealed class SeenIds(int most)
{
    private readonly HashSet<(int Market, string Id)> known = [];
    private readonly Queue<(int Market, string Id)> oldest = new();

    /// <returns>Whether it is new.</returns>
    public bool Add(int market, string id)
    {
        if (!known.Add((market, id)))
        {
            return false;
        }

        oldest.Enqueue((market, id));
        if (oldest.Count > most)
        {
            known.Remove(oldest.Dequeue());
        }

        return true;
    }

    public bool Contains(int market, string id) => known.Contains((market, id));
}
