using Trellis.Core.Markets;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.Trading;

/// <summary>Finds orders by client order id, conditional ones together with what became of them.</summary>
internal sealed class OrderFinder(BinanceRest rest)
{
    /// <returns>Null where the exchange does not know the id.</returns>
    public async Task<VenueOrder?> FindAsync(InstrumentId instrument, string clientOrderId, bool isConditional, CancellationToken cancellation)
    {
        var order = await ReadAsync(OrderRequests.Find(instrument, clientOrderId, isConditional), isConditional, cancellation);
        return order is { TriggeredOrderId.Length: > 0 } ? await FollowAsync(instrument, order, cancellation) : order;
    }

    /// <summary>The order that a conditional one became knows best what was executed, and whether it is over.</summary>
    private async Task<VenueOrder> FollowAsync(InstrumentId instrument, VenueOrder conditional, CancellationToken cancellation)
    {
        var made = await ReadAsync(OrderRequests.FindById(instrument, conditional.TriggeredOrderId), isConditional: false, cancellation);
        return made is null ? conditional : conditional with
        {
            Status = made.Status,
            ExecutedQuantity = made.ExecutedQuantity,
            AveragePrice = made.AveragePrice,
            UpdatedAt = Math.Max(conditional.UpdatedAt, made.UpdatedAt),
        };
    }

    private async Task<VenueOrder?> ReadAsync(RequestSpec spec, bool isConditional, CancellationToken cancellation)
    {
        try
        {
            return await rest.ReadAsync<VenueOrder>(spec, isConditional ? AlgoOrderReader.Read : OrderReader.Read, cancellation);
        }
        catch (Adapters.ExchangeException error) when (error is { Kind: AnswerKind.Refused, Refusal: RefusalKind.UnknownOrder })
        {
            return null;
        }
    }
}
