using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Reconciliation;

/// <summary>
/// Σ positions of bots + foreign = position of the venue. A snapshot is taken while trading goes on: a position that it tells is that of some moment between
/// the question and the answer, and fills of that time may not be known yet. What was booked before the question had happened before it, whatever the clocks
/// say, so the position is that of the books then and of the first few fills since, which leaves few differences that can be meant. A difference counts
/// only when the next snapshot has told every fill of the first one's time and both can mean just this one; then it is foreign: shown, counted in risk, never touched.
/// </summary>
internal sealed class PositionCheck(LoopState state, FillIntake fills, MoneyCheck money)
{
    private readonly Look?[] doubtful = new Look?[state.Markets.Length * 3];
    private readonly long[] booked = new long[state.Markets.Length];

    /// <summary>The venue is being asked for its positions.</summary>
    public void Asked()
    {
        for (var market = 0; market < booked.Length; market++)
        {
            booked[market] = state.Books.Recent.BookedOf(market);
        }
    }

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
        var row = RowOf(snapshot, instrument, side);
        var look = new Look(row?.Quantity ?? 0m, booked[market]);
        ref var doubt = ref doubtful[(market * 3) + (int)side + 1];
        var differences = Differences(look, market, side);
        if (differences.Contains(0m))
        {
            doubt = null;
            return null;
        }

        // What was there before the books were opened has no fill to wait for.
        var isCertain = !money.IsOpen && state.Books.Recent.BookedOf(market) == look.Booked && !HasOrders(market);
        if (!isCertain && doubt is not null)
        {
            // A first look that fills told since explain had no difference, and so says nothing of this one's.
            var before = Differences(doubt, market, side);
            differences.IntersectWith(before);
            isCertain = differences.Count == 1 && !before.Contains(0m) && !fills.MayCome(market);
        }

        if (!isCertain)
        {
            doubt = look;
            var missing = fills.MayCome(market) ? ", and fills are missing" : "";
            return $"{instrument}: the exchange has a position of {look.Told}, the books have {state.Books.VenueSize(market, side)}{missing}";
        }

        doubt = null;
        BookForeign(snapshot, row, market, side, differences.Single());
        return null;
    }

    private static VenuePosition? RowOf(VenueSnapshot snapshot, InstrumentId instrument, PositionSide side)
    {
        foreach (var position in snapshot.Positions)
        {
            if (position.Side == side && position.Quantity != 0 && position.Instrument == instrument)
            {
                return position;
            }
        }

        return null;
    }

    private bool HasOrders(int market)
    {
        foreach (var order in state.Orders.Live)
        {
            if (order.Market == market)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the venue may have had beyond the books at the moment of a look; 0 among it where nothing speaks against the books.</summary>
    private HashSet<decimal> Differences(Look look, int market, PositionSide side)
    {
        var changes = state.Books.Recent.ChangesAfter(market, side, look.Booked);
        var difference = look.Told - state.Books.VenueSize(market, side) + changes.Sum();
        HashSet<decimal> differences = [difference];
        foreach (var change in changes)
        {
            difference -= change;
            differences.Add(difference);
        }

        return differences;
    }

    private void BookForeign(VenueSnapshot snapshot, VenuePosition? row, int market, PositionSide side, decimal rest)
    {
        var instrument = state.Markets[market].Instrument.Id;
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
    }

    /// <summary>A position that the venue told.</summary>
    /// <param name="Booked">Fills of the market that were booked when it was asked.</param>
    private sealed record Look(decimal Told, long Booked);
}
