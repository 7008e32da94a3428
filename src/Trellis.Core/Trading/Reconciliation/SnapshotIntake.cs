using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Reconciliation;

/// <summary>
/// Takes a snapshot up, venue first: orders, then fills and income, then what positions and balances say against the books. What is not certain in
/// one snapshot (it is taken while trading goes on) is asked for again.
/// </summary>
internal sealed class SnapshotIntake(
    LoopState state, OrderReports reports, OrderAnswers answers, OrderSender sender, FillIntake fills, IncomeIntake income, ForeignOrders foreign, PositionCheck positions, MoneyCheck money)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>Orders as they were listed before any of them ended.</summary>
    private readonly List<TrackedOrder> live = [];

    /// <summary>The exchange is being asked: what is known by now was there before.</summary>
    public void Asked()
    {
        fills.Asked();
        positions.Asked();
        money.Asked();
    }

    /// <param name="snapshot">What the exchange said.</param>
    /// <param name="askedAt">When it was asked, on our clock, which may be behind the exchange's: what became known later may not have been there yet.</param>
    /// <param name="certainUntil">Fills before that are booked, but for those of orders that have executed more than is.</param>
    /// <returns>Why it does not add up, for people; null where it does.</returns>
    public string? Take(VenueSnapshot snapshot, long askedAt, long certainUntil)
    {
        if (snapshot.HedgeMode != state.Settings.HedgeMode)
        {
            var text = $"the account is in {Mode(snapshot.HedgeMode)} mode and the configuration says {Mode(state.Settings.HedgeMode)} mode; change one of them";
            state.Outbox.AlertOnce("position-mode", AlertLevel.Critical, "position-mode", -1, text);
            return text;
        }

        money.Answered();
        TakeOrders(snapshot);
        foreach (var fill in snapshot.Fills)
        {
            if (fill.Time < money.OpenedAt || !money.IsOpen)
            {
                IgnoreOrTake(fill);
            }
            else if (fill.Time >= certainUntil || IsMissing(fill))
            {
                fills.Take(fill);
            }
        }

        foreach (var entry in snapshot.Income)
        {
            income.Take(entry);
        }

        var missed = Settle(snapshot, Math.Min(askedAt, snapshot.StartedAt));
        if (missed == 0)
        {
            fills.SettleForeign(snapshot.StartedAt, money.IsOpen);
        }

        if (missed > 0)
        {
            state.WantReconcile("orders are missing among the open ones");
            return $"{missed} orders are missing among the open ones";
        }

        if (!money.IsOpen && fills.HasUnclaimed)
        {
            state.WantReconcile("fills were told while the account was looked at for the first time");
            return "fills were told while the account was looked at for the first time";
        }

        return positions.Problem(snapshot) ?? money.Problem(snapshot);
    }

    /// <summary>
    /// Before the books were opened only fills of orders that we know count: the rest is in the opening balance. What an adopted order executed then is in it too, as somebody else's.
    /// </summary>
    private void IgnoreOrTake(VenueFill fill)
    {
        if (state.Market(fill.Instrument) is not { } market || state.Orders.Find(market.Index, fill.ClientOrderId, fill.VenueOrderId) is not { } order)
        {
            fills.Ignore(fill);
        }
        else if (order.IsAdopted && money.IsOpen)
        {
            fills.TakeOpening(order, fill);
        }
        else
        {
            fills.Take(fill);
        }
    }

    /// <summary>Whether an order of ours lacks a fill: of fills of long ago only the latest are still known by their ids.</summary>
    private bool IsMissing(VenueFill fill) =>
        state.Market(fill.Instrument) is { } market && state.Orders.Find(market.Index, fill.ClientOrderId, fill.VenueOrderId) is { } order && order.Booked < order.Reported;

    private void TakeOrders(VenueSnapshot snapshot)
    {
        seen.Clear();
        var others = new List<VenueOrder>();
        Take(snapshot.OpenOrders, others);
        Take(snapshot.AskedOrders, others);
        foreign.Renew(others);
    }

    private void Take(IReadOnlyList<VenueOrder> orders, List<VenueOrder> others)
    {
        for (var i = 0; i < orders.Count; i++)
        {
            var order = orders[i];
            if (state.Market(order.Instrument) is not { } market)
            {
                continue;
            }

            if (state.Orders.Find(market.Index, order.ClientOrderId, order.VenueOrderId) is { } own)
            {
                own.IsMissed = false;
                seen.Add(own.ClientOrderId);
                reports.Take(own, order);
            }
            else
            {
                others.Add(order);
            }
        }
    }

    /// <summary>What the snapshot says of orders by not showing them.</summary>
    /// <returns>How many have to be asked for by their ids.</returns>
    private int Settle(VenueSnapshot snapshot, long knownBefore)
    {
        var missed = 0;
        live.Clear();
        live.AddRange(state.Orders.Live);
        foreach (var order in live)
        {
            if (seen.Contains(order.ClientOrderId) || order.HasEnded)
            {
                continue;
            }

            var isKnown = order.KnownAt != long.MaxValue;
            if (snapshot.NotFound.Count > 0 && snapshot.NotFound.Contains(order.ClientOrderId, StringComparer.Ordinal))
            {
                if (!isKnown && order.State == OrderState.Unknown && snapshot.StartedAt >= order.MayArriveUntil && !fills.MayHaveFilled(order, snapshot.StartedAt))
                {
                    answers.NeverArrived(order);
                }
                else if (isKnown && order.KnownAt < knownBefore)
                {
                    answers.Vanished(order);
                }
                else if (order.State == OrderState.Unknown)
                {
                    sender.Query(order, AskAgainAt(order, snapshot));
                }
            }
            else if (isKnown && order.KnownAt < knownBefore)
            {
                order.IsMissed = true;
                missed++;
            }
            else if (order.State == OrderState.Unknown)
            {
                sender.Query(order, Math.Max(state.Now, order.MayArriveUntil));
            }
        }

        return missed;
    }

    /// <summary>Just when it can no longer arrive; later only where the clocks that tell that disagree.</summary>
    private long AskAgainAt(TrackedOrder order, VenueSnapshot snapshot)
    {
        const long Pause = 1_000;
        return state.Now < order.MayArriveUntil ? order.MayArriveUntil : snapshot.FinishedAt >= order.MayArriveUntil ? state.Now : state.Now + Pause;
    }

    private static string Mode(bool hedge) => hedge ? "hedge" : "one-way";
}
