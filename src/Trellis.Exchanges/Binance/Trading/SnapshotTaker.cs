using Trellis.Core.Markets;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.Trading;

/// <summary>
/// Asks for everything, in the order in which nothing can fall between two answers: conditional orders before the orders that they may become,
/// orders before their fills, fills before positions and balances.
/// </summary>
internal sealed class SnapshotTaker(BinanceRest rest, AccountHistory history, OrderFinder finder)
{
    /// <summary>Orders that are asked for by their ids, or for their fills, at the same time.</summary>
    private const int AtOnce = 8;

    public async Task<VenueSnapshot> TakeAsync(
        IReadOnlyList<InstrumentId> instruments, long since, IReadOnlyList<(InstrumentId Instrument, OrderToFind Order)> orders, CancellationToken cancellation)
    {
        var startedAt = rest.Clock.Now;
        var hedgeMode = await rest.ReadAsync(Ask("/fapi/v1/accountConfig", 5), static account => account.OptionalFlag("dualSidePosition")
            ?? throw new WireFormatException("'dualSidePosition' is missing"), cancellation);
        var open = await OpenOrdersAsync(instruments, cancellation);
        var (asked, notFound) = await FindAsync(orders, open, cancellation);
        var fills = new List<VenueFill>();
        foreach (var instrument in instruments)
        {
            fills.AddRange(await history.FillsAsync(instrument, since, cancellation));
        }

        fills.AddRange(await MissingAsync(orders, [.. open, .. asked], fills, cancellation));
        var income = await history.IncomeAsync(since, cancellation);
        var leverages = await rest.ReadAsync(Ask("/fapi/v1/symbolConfig", 5), AccountReader.Leverages, cancellation);
        var positions = await rest.ReadAsync(Ask("/fapi/v3/positionRisk", 5), list => AccountReader.Positions(list, leverages), cancellation);
        var balances = await rest.ReadAsync(Ask("/fapi/v3/balance", 5), AccountReader.Balances, cancellation);
        return new VenueSnapshot
        {
            StartedAt = startedAt,
            FinishedAt = rest.Clock.Now,
            HedgeMode = hedgeMode,
            OpenOrders = open,
            AskedOrders = asked,
            NotFound = notFound,
            Fills = [.. fills.DistinctBy(fill => (fill.Instrument, fill.Side, fill.TradeId)).OrderBy(fill => fill.Time)],
            Income = income,
            Positions = positions,
            Balances = balances,
        };
    }

    public async Task<IReadOnlyList<VenueOrder>> OpenOrdersAsync(IReadOnlyList<InstrumentId> instruments, CancellationToken cancellation)
    {
        var open = new List<VenueOrder>();
        foreach (var (path, decode) in new (string, Func<System.Text.Json.JsonElement, VenueOrder>)[] { ("/fapi/v1/openAlgoOrders", AlgoOrderReader.Read), ("/fapi/v1/openOrders", OrderReader.Read) })
        {
            foreach (var instrument in instruments)
            {
                var spec = Ask(path, 1);
                spec.Parameters.Add("symbol", Words.SymbolOf(instrument));
                open.AddRange(await rest.ReadAsync(spec, list => list.Items().Select(decode).ToList(), cancellation));
            }
        }

        return open;
    }

    private async Task<(List<VenueOrder> Found, List<string> NotFound)> FindAsync(
        IReadOnlyList<(InstrumentId Instrument, OrderToFind Order)> orders, IReadOnlyList<VenueOrder> open, CancellationToken cancellation)
    {
        var found = new List<VenueOrder>();
        var notFound = new List<string>();
        var isOpen = open.Select(one => (one.Instrument, one.ClientOrderId)).ToHashSet();
        foreach (var some in orders.Where(one => !isOpen.Contains((one.Instrument, one.Order.ClientOrderId))).Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(some.Select(one => finder.FindAsync(one.Instrument, one.Order.ClientOrderId, one.Order.IsConditional, cancellation)));
            for (var i = 0; i < some.Length; i++)
            {
                if (answers[i] is { } known)
                {
                    found.Add(known);
                }
                else
                {
                    notFound.Add(some[i].Order.ClientOrderId);
                }
            }
        }

        return (found, notFound);
    }

    /// <summary>Fills of orders that have executed more than is known and than the list of the asked time shows.</summary>
    private async Task<IReadOnlyList<VenueFill>> MissingAsync(
        IReadOnlyList<(InstrumentId Instrument, OrderToFind Order)> orders, IReadOnlyList<VenueOrder> told, List<VenueFill> listed, CancellationToken cancellation)
    {
        var known = orders.ToDictionary(one => (one.Instrument, one.Order.ClientOrderId), one => one.Order.Booked);
        var missing = new List<VenueFill>();
        foreach (var some in told.Where(IsMissing).Chunk(AtOnce))
        {
            foreach (var found in await Task.WhenAll(some.Select(order => history.FillsOfAsync(order.Instrument, IdOfFills(order), order.ExecutedQuantity, cancellation))))
            {
                missing.AddRange(found);
            }
        }

        return missing;

        bool IsMissing(VenueOrder order) => known.TryGetValue((order.Instrument, order.ClientOrderId), out var booked) && order.ExecutedQuantity > booked
            && order.ExecutedQuantity > listed.Where(fill => fill.Instrument == order.Instrument && fill.VenueOrderId == IdOfFills(order)).Sum(fill => fill.Quantity);
    }

    private static string IdOfFills(VenueOrder order) => order.TriggeredOrderId.Length > 0 ? order.TriggeredOrderId : order.VenueOrderId;

    private static RequestSpec Ask(string path, int weight) => new(HttpMethod.Get, path, weight, Access.Signature, Purpose.Read);
}
