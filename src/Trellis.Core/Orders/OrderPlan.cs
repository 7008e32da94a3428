namespace Trellis.Core.Orders;

/// <summary>
/// The orders that one bot wants resting on one instrument, by slot, and when the bot wants to be asked again.
/// The plan persists between two askings: setting an order that stands there already changes nothing, and what
/// fills leaves the plan by itself. Wake conditions do not persist: each asking states them anew.
/// </summary>
/// <remarks>
/// A slot is a small integer with a stable meaning to its strategy ("cell 7, entry"). A slot's orders are
/// numbered: the <em>cycle</em> grows by one with every order that takes the place of another or of none.
/// </remarks>
public sealed class OrderPlan
{
    private readonly Slot[] slots;
    private readonly int[] changedSlots;

    /// <param name="slots">How many slots the strategy uses: 1 to 1,000,000.</param>
    public OrderPlan(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, 1_000_000);
        this.slots = new Slot[slots];
        changedSlots = new int[slots];
    }

    public int SlotCount => slots.Length;

    public int OrderCount { get; private set; }

    /// <summary>Ask at a close at or below this price; <see cref="int.MinValue"/> for never.</summary>
    public int WakeAtOrBelow { get; private set; } = int.MinValue;

    /// <summary>Ask at a close at or above this price; <see cref="int.MaxValue"/> for never.</summary>
    public int WakeAtOrAbove { get; private set; } = int.MaxValue;

    /// <summary>Ask at the first close at or after this time, Unix milliseconds; <see cref="long.MaxValue"/> for never.</summary>
    public long WakeTime { get; private set; } = long.MaxValue;

    /// <summary>Ask at every close.</summary>
    public bool WakeEveryClose { get; private set; }

    /// <summary>Ask at the next close behind funding that was paid or received.</summary>
    public bool WakeOnFunding { get; private set; }

    /// <summary>1 + the index of the wake column whose flagged closes ask; 0 for none.</summary>
    public int WakeColumn { get; private set; }

    /// <summary>Whether any wake condition is stated.</summary>
    public bool HasWakes { get; private set; }

    /// <summary>Slots whose order was set, replaced or removed since <see cref="AcceptChanges"/>, in order of first change.</summary>
    public ReadOnlySpan<int> Changes => changedSlots.AsSpan(0, ChangeCount);

    private int ChangeCount { get; set; }

    public bool IsPlanned(int slot) => slots[slot].IsPlanned;

    /// <summary>The order of a slot; meaningful only where <see cref="IsPlanned"/>.</summary>
    public ref readonly PlannedOrder Order(int slot) => ref slots[slot].Order;

    /// <summary>The number of the slot's latest order: 1 for its first, 0 before.</summary>
    public int Cycle(int slot) => slots[slot].Cycle;

    /// <summary>States the order of a slot; an equal order that stands there already stays as it is.</summary>
    public void Set(int slot, in PlannedOrder order)
    {
        ref var place = ref slots[slot];
        if (place.IsPlanned)
        {
            if (place.Order == order)
            {
                return;
            }
        }
        else
        {
            place.IsPlanned = true;
            OrderCount++;
        }

        place.Order = order;
        place.Cycle++;
        NoteChange(slot, ref place);
    }

    /// <summary>No order is wanted in the slot.</summary>
    public void Remove(int slot)
    {
        ref var place = ref slots[slot];
        if (place.IsPlanned)
        {
            place.IsPlanned = false;
            OrderCount--;
            NoteChange(slot, ref place);
        }
    }

    public void Clear()
    {
        for (var slot = 0; OrderCount > 0 && slot < slots.Length; slot++)
        {
            Remove(slot);
        }
    }

    /// <summary>Of several prices the nearest to the market counts: the highest.</summary>
    public void WakeWhenAtOrBelow(int price)
    {
        HasWakes = true;
        WakeAtOrBelow = Math.Max(WakeAtOrBelow, price);
    }

    /// <summary>Of several prices the nearest to the market counts: the lowest.</summary>
    public void WakeWhenAtOrAbove(int price)
    {
        HasWakes = true;
        WakeAtOrAbove = Math.Min(WakeAtOrAbove, price);
    }

    public void WakeAt(long time)
    {
        HasWakes = true;
        WakeTime = Math.Min(WakeTime, time);
    }

    public void WakeAtEveryClose() => HasWakes = WakeEveryClose = true;

    public void WakeAfterFunding() => HasWakes = WakeOnFunding = true;

    /// <param name="column">Index of a column whose non-zero entries ask.</param>
    public void WakeByColumn(int column)
    {
        HasWakes = true;
        WakeColumn = column + 1;
    }

    /// <summary>For the shell, before each asking: forgets the wake conditions.</summary>
    public void ClearWakes()
    {
        if (!HasWakes)
        {
            return;
        }

        HasWakes = false;
        WakeAtOrBelow = int.MinValue;
        WakeAtOrAbove = int.MaxValue;
        WakeTime = long.MaxValue;
        WakeEveryClose = false;
        WakeOnFunding = false;
        WakeColumn = 0;
    }

    /// <summary>For the shell: the slot's order filled, or its group did; it is not a change of the strategy's will.</summary>
    public void Drop(int slot)
    {
        ref var place = ref slots[slot];
        if (place.IsPlanned)
        {
            place.IsPlanned = false;
            OrderCount--;
        }
    }

    /// <summary>For the shell: the changes have been carried out.</summary>
    public void AcceptChanges()
    {
        foreach (var slot in Changes)
        {
            slots[slot].IsChanged = false;
        }

        ChangeCount = 0;
    }

    private void NoteChange(int slot, ref Slot place)
    {
        if (!place.IsChanged)
        {
            place.IsChanged = true;
            changedSlots[ChangeCount++] = slot;
        }
    }

    /// <summary>All that is known of a slot, side by side: who touches one part is about to touch the others.</summary>
    private struct Slot
    {
        public PlannedOrder Order;

        /// <summary>The number of the latest order.</summary>
        public int Cycle;

        public bool IsPlanned;

        public bool IsChanged;
    }
}
