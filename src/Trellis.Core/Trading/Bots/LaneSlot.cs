using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Planning;

namespace Trellis.Core.Trading.Bots;

/// <summary>A slot of a lane: at most one order at a time, and what sending it has taught.</summary>
internal sealed class LaneSlot
{
    /// <summary>The order that holds the slot: until it is final, with all fills booked, nothing else is sent for it.</summary>
    public TrackedOrder? Order { get; set; }

    /// <summary>The cycle of the plan that the other numbers are about.</summary>
    public int Cycle { get; set; }

    /// <summary>Sent so far in this cycle.</summary>
    public int Attempts { get; set; }

    /// <summary>Booked in this cycle, by all its attempts.</summary>
    public decimal Filled { get; set; }

    /// <summary>Definite refusals in a row.</summary>
    public int Refusals { get; set; }

    /// <summary>No attempt before this time.</summary>
    public long NotBefore { get; set; }

    /// <summary>The trigger has been passed, or can't be placed: the order goes at market.</summary>
    public bool AtMarket { get; set; }

    /// <summary>Limits leave no room for it.</summary>
    public bool IsTrimmed { get; set; }

    /// <summary>Why what is planned is not at the exchange; empty where it is.</summary>
    public string Held { get; set; } = "";

    /// <summary>What was last found to be wanted here, and for what it was found.</summary>
    public Wish Wish { get; set; }

    public void Enter(int cycle)
    {
        Cycle = cycle;
        Attempts = 0;
        Filled = 0;
        Refusals = 0;
        AtMarket = false;
    }
}
