namespace Trellis.Simulator.MarketData;

/// <summary>The last so many items, oldest first; the oldest leave when it is full.</summary>
internal sealed class Ring<T>(int capacity)
{
    private const int FirstLength = 16;

    private T[] _items = [];
    private int _start;

    public int Count { get; private set; }

    /// <summary>The item at a place, 0 being the oldest.</summary>
    public ref T this[int index] => ref _items[(_start + index) % _items.Length];

    public ref T Last => ref this[Count - 1];

    public void Add(T item)
    {
        if (Count == capacity)
        {
            _items[_start] = item;
            _start = (_start + 1) % capacity;
            return;
        }

        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Min(capacity, Math.Max(FirstLength, Count * 2)));
        }

        _items[Count++] = item;
    }

    public void Clear()
    {
        _items = [];
        (_start, Count) = (0, 0);
    }

    /// <summary>The first place whose key is at least <paramref name="key"/>, keys growing with the place; <see cref="Count"/> where there is none.</summary>
    public int FirstAtLeast(long key, Func<T, long> keyOf)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (keyOf(this[middle]) < key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
