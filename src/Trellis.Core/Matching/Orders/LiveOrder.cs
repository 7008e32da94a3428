using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Orders;

/// <summary>An order while it lives, in the integers of matching.</summary>
internal sealed class LiveOrder
{
    private Order? snapshot;
    private long snapshotExecuted;

    public required MarginAccount Account { get; init; }

    public required Market Market { get; init; }

    /// <summary>What its owner sees, with the amended price and quantity.</summary>
    public required OrderRequest Request { get; set; }

    /// <summary>0 for the house's own quotes.</summary>
    public long Id { get; init; }

    public required Side Side { get; init; }

    /// <summary>In price units; of a market order the last price that it may trade at.</summary>
    public required int Price { get; set; }

    public required long Quantity { get; set; }

    public long Executed { get; set; }

    /// <summary>In money units.</summary>
    public Int128 ExecutedNotional { get; set; }

    /// <summary>Place in time among all orders; an amendment gives a new one.</summary>
    public long Priority { get; set; }

    /// <summary>Only ever makes a position smaller: by its own word, or as the closing order of hedge mode.</summary>
    public bool Reduces { get; init; }

    /// <summary>Price at which its margin is reckoned; see <see cref="MarginDesk"/>.</summary>
    public int MarginPrice { get; set; }

    public int Amendments { get; set; }

    public long ConditionalId { get; init; }

    public bool IsLiquidation { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; set; }

    public OrderStatus Status { get; set; }

    public OrderEnd End { get; set; }

    /// <summary>With the rule of candles: takes at the next open.</summary>
    public bool TakesAtOpen { get; set; }

    public PriceLevel? Level { get; set; }

    /// <summary>Neighbours in the queue of its level.</summary>
    public LiveOrder? Ahead { get; set; }

    public LiveOrder? Behind { get; set; }

    /// <summary>Neighbours among its account's open orders on the instrument, by time of placing.</summary>
    public LiveOrder? Previous { get; set; }

    public LiveOrder? Next { get; set; }

    public long Remaining => Quantity - Executed;

    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;

    public bool IsMarket => Request.Type == OrderType.Market;

    public PositionSide PositionSide => Request.PositionSide;

    /// <summary>Index of the position that it trades: 0 for net and long, 1 for short.</summary>
    public int Slot => Holding.SlotOf(Request.PositionSide);

    /// <summary>The order as it is now; the one that was made last where nothing has changed since.</summary>
    public Order Snapshot()
    {
        if (snapshot is not null && snapshotExecuted == Executed && ReferenceEquals(snapshot.Request, Request) &&
            (snapshot.Status, snapshot.End, snapshot.Amendments, snapshot.UpdatedAt) == (Status, End, Amendments, UpdatedAt))
        {
            return snapshot;
        }

        snapshotExecuted = Executed;
        return snapshot = Make();
    }

    private Order Make()
    {
        var notional = new Money(ExecutedNotional).ToDecimal();
        var executed = Market.Units.ToQuantity(Executed);
        return new Order
        {
            Id = Id,
            Account = Account.Id,
            Request = Request,
            Status = Status,
            End = End,
            ExecutedQuantity = executed,
            ExecutedNotional = notional,
            AveragePrice = Executed == 0 ? 0m : notional / (executed * Market.Multiplier),
            Amendments = Amendments,
            ConditionalId = ConditionalId,
            IsLiquidation = IsLiquidation,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
        };
    }
}
