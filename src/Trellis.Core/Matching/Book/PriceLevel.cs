using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Matching.Book;

/// <summary>The orders of one price, in the order in which they came, and the levels beside it.</summary>
internal sealed class PriceLevel(int price)
{
    public int Price { get; } = price;

    /// <summary>Sum of what is left of its orders, in quantity units.</summary>
    public long Quantity { get; set; }

    /// <summary>The part of <see cref="Quantity"/> that is the house's.</summary>
    public long HouseQuantity { get; set; }

    public LiveOrder? First { get; private set; }

    public LiveOrder? Last { get; private set; }

    /// <summary>The next level towards the other side of the book.</summary>
    public PriceLevel? Better { get; set; }

    /// <summary>The next level away from the other side of the book.</summary>
    public PriceLevel? Worse { get; set; }

    public void Append(LiveOrder order)
    {
        order.Level = this;
        order.Ahead = Last;
        order.Behind = null;
        if (Last is null)
        {
            First = order;
        }
        else
        {
            Last.Behind = order;
        }

        Last = order;
    }

    public void Unlink(LiveOrder order)
    {
        if (order.Ahead is null)
        {
            First = order.Behind;
        }
        else
        {
            order.Ahead.Behind = order.Behind;
        }

        if (order.Behind is null)
        {
            Last = order.Ahead;
        }
        else
        {
            order.Behind.Ahead = order.Ahead;
        }

        order.Level = null;
        order.Ahead = null;
        order.Behind = null;
    }
}
