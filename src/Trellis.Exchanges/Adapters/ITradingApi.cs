using Trellis.Core.Markets;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;

namespace Trellis.Exchanges.Adapters;

/// <summary>What the account's owner may ask.</summary>
public interface ITradingApi
{
    /// <summary>Sends an order once; it is never sent again by itself.</summary>
    Task<PlaceAnswer> PlaceAsync(InstrumentId instrument, OrderIntent intent, CancellationToken cancellation);

    /// <summary>Sends several orders in as few requests as the exchange allows; one answer each, in order.</summary>
    Task<IReadOnlyList<PlaceAnswer>> PlaceBatchAsync(IReadOnlyList<(InstrumentId Instrument, OrderIntent Intent)> orders, CancellationToken cancellation);

    Task<PlaceAnswer> AmendAsync(InstrumentId instrument, string clientOrderId, decimal price, decimal quantity, Core.Orders.Side side, CancellationToken cancellation);

    /// <summary>Cancels by client order id; a cancel may be sent again.</summary>
    Task<PlaceAnswer> CancelAsync(InstrumentId instrument, string clientOrderId, bool isConditional, CancellationToken cancellation);

    /// <summary>Cancels every order of the account on an instrument, whoever made it. Only for a person who asks for just that.</summary>
    Task<PlaceAnswer> CancelAllAsync(InstrumentId instrument, CancellationToken cancellation);

    /// <summary>The order, or null where the exchange does not know the id.</summary>
    /// <exception cref="ExchangeException">No readable answer.</exception>
    Task<VenueOrder?> FindOrderAsync(InstrumentId instrument, string clientOrderId, bool isConditional, CancellationToken cancellation);

    /// <summary>Open orders, the state of the given ones, fills and income since a time, positions and balances: in the order that <see cref="VenueSnapshot"/> demands.</summary>
    /// <exception cref="ExchangeException">Some answer could not be had: half a snapshot is none.</exception>
    Task<VenueSnapshot> TakeSnapshotAsync(IReadOnlyList<InstrumentId> instruments, long since, IReadOnlyList<(InstrumentId Instrument, OrderToFind Order)> orders, CancellationToken cancellation);

    /// <summary>What the key may do and how the account is set.</summary>
    Task<AccountFacts> GetAccountFactsAsync(CancellationToken cancellation);

    /// <summary>No change is success.</summary>
    Task SetLeverageAsync(InstrumentId instrument, int leverage, CancellationToken cancellation);

    /// <summary>No change is success; refused by the exchange while there are positions or orders.</summary>
    Task SetHedgeModeAsync(bool hedgeMode, CancellationToken cancellation);

    /// <summary>No change is success.</summary>
    Task SetCrossMarginAsync(InstrumentId instrument, CancellationToken cancellation);
}

/// <summary>Facts for the checks of a first run; null where the exchange does not tell.</summary>
public sealed record AccountFacts(bool? MayTrade, bool? MayWithdraw, bool? IsBoundToAddresses, bool? HedgeMode, bool? MultiAssetMargin);
