using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>An order of the naive exchange.</summary>
internal sealed class NaiveOrder
{
    /// <summary>The number that the judged exchange gave it, once that is known: clients name orders by it.</summary>
    public long Id { get; set; }

    public required AccountId Account { get; init; }

    public required OrderRequest Request { get; set; }

    /// <summary>0 for an order that a client sent itself.</summary>
    public long ConditionalId { get; init; }

    /// <summary>One of the house's quotes, which <c>SetQuotes</c> replaces.</summary>
    public bool IsQuote { get; init; }

    public decimal Executed { get; set; }

    public decimal ExecutedNotional { get; set; }

    public int Amendments { get; set; }

    public OrderEnd End { get; set; }

    public decimal Remaining => Request.Quantity - Executed;

    public bool IsOpen => End == OrderEnd.None;

    public NaiveOrder Copy() => (NaiveOrder)MemberwiseClone();

    public OrderStatus Status => End switch
    {
        OrderEnd.None => Executed > 0 ? OrderStatus.PartiallyFilled : OrderStatus.New,
        OrderEnd.Filled => OrderStatus.Filled,
        OrderEnd.CanceledByUser or OrderEnd.CanceledByAmendment or OrderEnd.CanceledByCountdown => OrderStatus.Canceled,
        _ => OrderStatus.Expired,
    };
}
