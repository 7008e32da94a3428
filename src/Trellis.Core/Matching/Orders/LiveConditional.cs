using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Orders;

/// <summary>A conditional order that waits for its trigger, or whose order is open.</summary>
internal sealed class LiveConditional
{
    public required MarginAccount Account { get; init; }

    public required Market Market { get; init; }

    /// <summary>What its owner sees.</summary>
    public required ConditionalOrder Order { get; set; }

    /// <summary>In price units.</summary>
    public required int TriggerPrice { get; init; }

    /// <summary>Triggers at or above its price; else at or below.</summary>
    public required bool Rises { get; init; }

    public long Id => Order.Id;

    public Side Side => Order.Request.Side;

    public TriggerSource Source => Order.Request.Trigger!.Value.Source;

    public static LiveConditional Of(MarginAccount account, Market market, ConditionalOrder order) => new()
    {
        Account = account,
        Market = market,
        Order = order,
        TriggerPrice = market.Units.FromPrice(order.Request.Trigger!.Value.Price),
        Rises = WaitsForRise(order.Request.Side, order.Request.Trigger!.Value.Kind),
    };

    /// <summary>A stop follows the market: a buy waits for a rise; a take profit waits for the opposite.</summary>
    public static bool WaitsForRise(Side side, TriggerKind kind) => side == Side.Buy == (kind == TriggerKind.Stop);
}
