using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>A conditional order of the naive exchange.</summary>
internal sealed class NaiveConditional
{
    public required long Id { get; init; }

    public required AccountId Account { get; init; }

    public required OrderRequest Request { get; init; }

    public ConditionalStatus Status { get; set; }

    /// <summary>Why its order was rejected when it triggered; the exchange may name any of them.</summary>
    public IReadOnlyList<RefusalReason> Refusals { get; set; } = [];

    /// <summary>Whether a price meets the trigger: a buy stop and a sell take-profit lie above the market, the others below.</summary>
    public bool IsMetBy(decimal price)
    {
        var trigger = Request.Trigger!.Value;
        var waitsForRise = (trigger.Kind == TriggerKind.Stop) == (Request.Side == Core.Orders.Side.Buy);
        return waitsForRise ? price >= trigger.Price : price <= trigger.Price;
    }
}
