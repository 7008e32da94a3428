namespace Trellis.Core.Matching.Orders;

public enum TriggerKind : byte
{
    /// <summary>Follows the market: a buy triggers at or above its price, a sell at or below.</summary>
    Stop,

    /// <summary>Against the market: a buy triggers at or below its price, a sell at or above.</summary>
    TakeProfit,
}

public enum TriggerSource : byte
{
    LastPrice,
    MarkPrice,
}

/// <summary>When a conditional order becomes an order.</summary>
/// <param name="Price">In quote currency, on the tick.</param>
public readonly record struct Trigger(TriggerKind Kind, decimal Price, TriggerSource Source);
