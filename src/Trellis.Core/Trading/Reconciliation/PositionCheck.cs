using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Reconciliation;

/// <summary>
/// Σ positions of bots + foreign = position of the venue. A snapshot is taken while trading goes on, so a position it tells may be that of any moment
/// while it was taken, and fills of that time may not be known yet. A difference counts only when the next snapshot has told every fill of that time and
/// there was none; then it is foreign: shown, counted in risk, never touched.
/// </summary>
internal sealed class PositionCheck(LoopState state, FillIntake fills, MoneyCheck money)
{
    private readonly Look?[] doubtful = new Look?[state.Markets.Length * 3];

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
        var look = new Look(row?.Quantity ?? 0m, snapshot.StartedAt, snapshot.FinishedAt);
        ref var doubt = ref doubtful[(market * 3) + (int)side + 1];
        if (IsExplained(look, market, side))
        {
            doubt = null;
            return null;
        }

        // What was there before the books were opened has no fill to wait for.
        var isCertain = !money.IsOpen && !state.Books.Recent.AnySince(market, snapshot.StartedAt) && !HasOrders(market);
        var before = isCertain ? look : doubt;
        if (before is null || fills.AnyUnclaimed(market) || !(isCertain || IsSettled(before, snapshot, market, side)))
        {
            doubt = look;
            return $"{instrument}: the exchange has a position of {look.Told}, the books have {state.Books.VenueSize(market, side)}";
        }

        doubt = null;
        var rest = before.Told - SizeBefore(market, side, before.FinishedAt + 1);
        if (rest != 0)
        {
            BookForeign(snapshot, row, market, side, rest);
        }

        return IsExplained(look, market, side) ? null : $"{instrument}: the position is still changing";
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

    /// <summary>Whether the books were at what was told at some moment while it was asked for.</summary>
    private bool IsExplained(Look look, int market, PositionSide side)
    {
        var size = SizeBefore(market, side, look.StartedAt);
        if (size == look.Told)
        {
            return true;
        }

        foreach (var change in state.Books.Recent.Between(market, side, look.StartedAt, look.FinishedAt))
        {
            size += change;
            if (size == look.Told)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all fills of an earlier look are known by now, and it can still not be explained.</summary>
    private bool IsSettled(Look before, VenueSnapshot snapshot, int market, PositionSide side) =>
        snapshot.StartedAt > before.FinishedAt && !IsExplained(before, market, side) && state.Books.Recent.Between(market, side, before.StartedAt, before.FinishedAt).Count == 0;

    private decimal SizeBefore(int market, PositionSide side, long time) => state.Books.VenueSize(market, side) - state.Books.Recent.ChangeSince(market, side, time);

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
    private sealed record Look(decimal Told, long StartedAt, long FinishedAt);
}
