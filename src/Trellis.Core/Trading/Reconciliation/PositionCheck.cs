using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Reconciliation;

/// <summary>
/// Σ positions of bots + foreign = position of the venue. A difference that trading under way could explain has to be there in two snapshots;
/// then it is foreign: shown, counted in risk, never touched.
/// </summary>
internal sealed class PositionCheck(LoopState state, FillIntake fills, MoneyCheck money)
{
    private readonly decimal[] suspected = new decimal[state.Markets.Count * 3];

    /// <returns>Why the positions do not add up yet; null where they do.</returns>
    public string? Problem(VenueSnapshot snapshot)
    {
        string? problem = null;
        foreach (var market in state.Markets)
        {
            if (market.IsSpot)
            {
                continue;
            }

            foreach (var side in state.Settings.HedgeMode ? (ReadOnlySpan<PositionSide>)[PositionSide.Long, PositionSide.Short] : [PositionSide.Net])
            {
                problem ??= Check(snapshot, market.Index, side);
            }
        }

        if (problem is not null)
        {
            state.WantReconcile(problem);
        }

        return problem;
    }

    private string? Check(VenueSnapshot snapshot, int market, PositionSide side)
    {
        var instrument = state.Markets[market].Instrument.Id;
        var row = snapshot.Positions.FirstOrDefault(position => position.Instrument == instrument && position.Side == side && position.Quantity != 0);
        var told = row?.Quantity ?? 0m;
        var ours = state.Books.VenueSize(market, side) - state.Books.Recent.ChangeAfter(market, side, snapshot.FinishedAt);
        ref var suspicion = ref suspected[(market * 3) + (int)side + 1];
        var rest = told - ours;
        if (rest == 0)
        {
            suspicion = 0m;
            return null;
        }

        // Once the books are open a fill explains every change, and the next snapshot shows it; what was there before has no fill to wait for.
        var isClaimed = !fills.AnyUnclaimed(market);
        var mayBeUnderWay = money.IsOpen || state.Books.Recent.AnySince(market, snapshot.StartedAt) || state.Orders.Live.Any(order => order.Market == market);
        if (!isClaimed || (mayBeUnderWay && suspicion != rest))
        {
            suspicion = rest;
            return $"{instrument}: the exchange has a position of {told}, the books have {ours}";
        }

        suspicion = 0m;
        var price = row is { EntryPrice: > 0 } ? row.EntryPrice : row is { MarkPrice: > 0 } ? row.MarkPrice : state.Markets[market].Price;
        fills.BookForeign(
            new VenueFill
            {
                Instrument = instrument,
                TradeId = $"reconciliation {snapshot.StartedAt} {side}",
                VenueOrderId = "",
                Side = Sides.FromSign(Math.Sign(rest)),
                PositionSide = side,
                Price = price,
                Quantity = Math.Abs(rest),
                Time = snapshot.StartedAt,
            },
            market);
        state.Outbox.Alert(AlertLevel.Warning, "foreign-position", -1, $"{instrument}: {rest} of the position is no bot's; it is foreign from now on: counted in risk, never touched");
        state.Dirty();
        return null;
    }
}
