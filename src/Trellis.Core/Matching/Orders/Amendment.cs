namespace Trellis.Core.Matching.Orders;

/// <summary>One amendment of an order, as it was carried out.</summary>
/// <param name="Id">Unique in the exchange, growing with time.</param>
/// <param name="Count">How many amendments the order has had, this one included.</param>
/// <param name="Time">Unix milliseconds.</param>
public sealed record Amendment(
    long Id,
    int Instrument,
    long OrderId,
    string ClientOrderId,
    long Time,
    decimal PriceBefore,
    decimal PriceAfter,
    decimal QuantityBefore,
    decimal QuantityAfter,
    int Count);
