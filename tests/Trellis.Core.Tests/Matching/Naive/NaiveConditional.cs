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

    /// <summary>A buy stop and a sell take-profit lie above the market, the others below.</summary>
    public bool WaitsForRise => (Request.Trigger!.Value.Kind == TriggerKind.Stop) == (Request.Side == Core.Orders.Side.Buy);

    public bool IsMetBy(decimal price) => WaitsForRise ? price >= Request.Trigger!.Value.Price : price <= Request.Trigger!.Value.Price;
}
