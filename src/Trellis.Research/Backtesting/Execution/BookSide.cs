using System.Runtime.CompilerServices;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// The orders of one side, best last, so that taking the best and putting in near the best are cheap.
/// An entry packs a key (higher is better) and the slot (lower is better) into one comparable number.
/// </summary>
internal sealed class BookSide
{
    private const int SlotBits = 20;
    private const long SlotMask = (1L << SlotBits) - 1;

    private readonly int keySign;
    private long[] entries = new long[16];

    /// <param name="keySign">+1 where the highest price is best, −1 where the lowest is.</param>
    public BookSide(int keySign)
    {
        this.keySign = keySign;
        RenewReach();
    }

    public int Count { get; private set; }

    /// <summary>Price of the best order; only where <see cref="Count"/> is above 0.</summary>
    public int BestPrice => PriceAt(Count - 1);

    /// <summary>
    /// The nearest price that trades through the best order: one unit below the highest or above the lowest, and beyond all prices where
    /// there is no order.
    /// </summary>
    public int Reach { get; private set; }

    /// <summary>The entry at a position, the best one last.</summary>
    public long this[int position] => entries[position];

    public int PriceAt(int position) => keySign * (int)KeyOf(entries[position]);

    public int SlotAt(int position) => SlotOf(entries[position]);

    /// <summary>Price × the side's key sign: higher is better.</summary>
    public static long KeyOf(long entry) => entry >> SlotBits;

    public static int SlotOf(long entry) => (int)(SlotMask - (entry & SlotMask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int price, int slot)
    {
        var all = entries;
        var position = Count;
        var entry = Pack(price, slot);
        if ((uint)(position - 1) < (uint)(all.Length - 1) && all[position - 1] < entry)
        {
            all[position] = entry;
            Count = position + 1;
            Reach = price - keySign;
            return;
        }

        Insert(price, entry);
    }

    private void Insert(int price, long entry)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Count * 2);
        }

        var position = Count++;
        if (position == 0 || entries[position - 1] < entry)
        {
            entries[position] = entry;
            Reach = price - keySign;
            return;
        }

        while (position > 0 && entries[position - 1] > entry)
        {
            entries[position] = entries[position - 1];
            position--;
        }

        entries[position] = entry;
    }

    public void Remove(int price, int slot)
    {
        var entry = Pack(price, slot);
        var position = Count - 1;
        while (entries[position] != entry)
        {
            position--;
        }

        RemoveAt(position);
    }

    public void RemoveAt(int position)
    {
        Count--;
        if (position == Count)
        {
            RenewReach();
            return;
        }

        for (; position < Count; position++)
        {
            entries[position] = entries[position + 1];
        }
    }

    /// <summary>How many orders are worse than one that stood at this price and slot.</summary>
    public int CountBehind(int price, int slot)
    {
        var entry = Pack(price, slot);
        var position = Count;
        while (position > 0 && entries[position - 1] > entry)
        {
            position--;
        }

        return position;
    }

    private void RenewReach() => Reach = Count > 0 ? BestPrice - keySign : keySign > 0 ? int.MinValue : int.MaxValue;

    private long Pack(int price, int slot) => ((long)(keySign * price) << SlotBits) | (SlotMask - slot);
}
