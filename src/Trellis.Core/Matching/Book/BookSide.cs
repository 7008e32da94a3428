using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Book;

/// <summary>
/// The levels of one side, sorted. They lie in chunks of at most 64, best level last, so that the touch is reached at once and
/// an insertion far from it moves one chunk.
/// </summary>
internal sealed class BookSide(Side side)
{
    private const int ChunkSize = 64;

    private readonly List<Chunk> chunks = [];

    public Side Side { get; } = side;

    /// <summary>The level that trades first; null where the side is empty.</summary>
    public PriceLevel? Best { get; private set; }

    /// <summary>Whether a price on this side is better than another: higher for bids, lower for asks.</summary>
    public bool IsBetter(int price, int than) => Rank(price) > Rank(than);

    public PriceLevel? Find(int price)
    {
        var (chunk, index, found) = Locate(price);
        return found ? chunks[chunk].Levels[index] : null;
    }

    public PriceLevel FindOrAdd(int price)
    {
        var (at, index, found) = Locate(price);
        if (found)
        {
            return chunks[at].Levels[index];
        }

        var level = new PriceLevel(price);
        if (chunks.Count == 0)
        {
            chunks.Add(new Chunk());
        }

        if (chunks[at].Count == ChunkSize)
        {
            chunks.Insert(at + 1, chunks[at].Split());
            if (index > chunks[at].Count)
            {
                index -= chunks[at].Count;
                at++;
            }
        }

        Link(level, at, index);
        chunks[at].Insert(index, level);
        return level;
    }

    public void Remove(PriceLevel level)
    {
        var (at, index, _) = Locate(level.Price);
        chunks[at].RemoveAt(index);
        if (chunks[at].Count == 0 && chunks.Count > 1)
        {
            chunks.RemoveAt(at);
        }

        if (level.Better is null)
        {
            Best = level.Worse;
        }
        else
        {
            level.Better.Worse = level.Worse;
        }

        if (level.Worse is not null)
        {
            level.Worse.Better = level.Better;
        }
    }

    private void Link(PriceLevel level, int at, int index)
    {
        var worse = index > 0 ? chunks[at].Levels[index - 1]
            : at > 0 ? chunks[at - 1].Levels[chunks[at - 1].Count - 1]
            : null;
        level.Worse = worse;
        level.Better = worse is not null ? worse.Better : Lowest();
        if (worse is not null)
        {
            worse.Better = level;
        }

        if (level.Better is null)
        {
            Best = level;
        }
        else
        {
            level.Better.Worse = level;
        }
    }

    private PriceLevel? Lowest() => chunks[0].Count > 0 ? chunks[0].Levels[0] : null;

    private int Rank(int price) => Side == Side.Buy ? price : -price;

    /// <summary>Where a price is, or where it would be inserted.</summary>
    private (int Chunk, int Index, bool Found) Locate(int price)
    {
        var rank = Rank(price);
        int low = 0, high = chunks.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Rank(chunks[middle].Levels[0].Price) <= rank)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        if (chunks.Count == 0)
        {
            return (0, 0, false);
        }

        var chunk = chunks[low];
        int first = 0, last = chunk.Count;
        while (first < last)
        {
            var middle = (first + last) / 2;
            if (Rank(chunk.Levels[middle].Price) < rank)
            {
                first = middle + 1;
            }
            else
            {
                last = middle;
            }
        }

        return (low, first, first < chunk.Count && chunk.Levels[first].Price == price);
    }

    private sealed class Chunk
    {
        public PriceLevel[] Levels { get; } = new PriceLevel[ChunkSize];

        public int Count { get; private set; }

        public void Insert(int index, PriceLevel level)
        {
            Array.Copy(Levels, index, Levels, index + 1, Count - index);
            Levels[index] = level;
            Count++;
        }

        public void RemoveAt(int index)
        {
            Count--;
            Array.Copy(Levels, index + 1, Levels, index, Count - index);
            Levels[Count] = null!;
        }

        /// <summary>Gives its better half away.</summary>
        public Chunk Split()
        {
            var other = new Chunk();
            var half = Count / 2;
            Array.Copy(Levels, half, other.Levels, 0, Count - half);
            Array.Clear(Levels, half, Count - half);
            other.Count = Count - half;
            Count = half;
            return other;
        }
    }
}
