using System.Globalization;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Grid;

/// <summary>
/// Names of slots over time: a cell that leaves the window passes its slots on under a new name. Only what is not the first
/// window needs to be remembered.
/// </summary>
internal sealed class GridNames(GridSlots slots)
{
    private List<Occupant>?[]? later;

    /// <summary>From its next orders on, a pair of slots belongs to this cell.</summary>
    public void Rename(int ring, int revision, int line, OrderPlan plan)
    {
        if (revision == 0)
        {
            return;
        }

        later ??= new List<Occupant>?[slots.Cells];
        (later[ring] ??= []).Add(new Occupant(revision, line, plan.Cycle(GridSlots.Entry(ring)) + 1, plan.Cycle(GridSlots.Exit(ring)) + 1));
    }

    public string Of(int slot, int cycle)
    {
        if (slot >= slots.Purchase)
        {
            return slot == slots.Purchase ? "purchase"
                : slot == slots.StopLoss ? "stop-loss"
                : slot == slots.TakeProfit ? "take-profit"
                : slot == slots.CloseLong ? "close-long" : "close-short";
        }

        var ring = slot >> 1;
        var isEntry = slot == GridSlots.Entry(ring);
        var occupant = new Occupant(0, ring, 1, 1);
        foreach (var candidate in later?[ring] ?? [])
        {
            if ((isEntry ? candidate.FirstEntry : candidate.FirstExit) <= cycle)
            {
                occupant = candidate;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"r{occupant.Revision}-c{occupant.Line}-{(isEntry ? "entry" : "exit")}");
    }

    /// <param name="Line">Number of the cell's lower line.</param>
    /// <param name="FirstEntry">The cycle of the entry slot's first order of this cell.</param>
    private readonly record struct Occupant(int Revision, int Line, int FirstEntry, int FirstExit);
}
