using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Trading.Reconciliation;

/// <summary>When everything is asked for, and what is asked: at the start, after a loss, when something does not add up, and from time to time.</summary>
internal sealed class Reconciler(LoopState state, SnapshotIntake intake, FillIntake fills)
{
    /// <summary>Fills and income are asked for again from this long before what is certain: they are booked once anyway.</summary>
    private const long Overlap = 60_000;

    /// <summary>How long an answer may take, which a shell owes in any case: many orders that have ended are asked for one by one, within the exchange's limits.</summary>
    private const long AnswerLimit = 900_000;

    /// <summary>Between two questions, unless the process begins.</summary>
    private const long LeastPause = 500;
    private const long LongestRetry = 30_000;

    private bool isUnderWay;

    /// <summary>What is under way was asked for when the user stream was back, and so has what it missed.</summary>
    private bool hasAskedSince;
    private long askedAt = long.MinValue / 2;
    private long nextAt;
    private int failures;

    public int Number { get; private set; }

    /// <summary>The exchange's clock at the start of the last snapshot in which everything added up; 0 before the first.</summary>
    public long CertainUntil { get; private set; }

    /// <summary>Why the last snapshot did not do; empty where it did.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The process begins: no answer to an earlier question will come.</summary>
    public void Begin()
    {
        isUnderWay = false;
        failures = 0;
        askedAt = long.MinValue / 2;
        state.WantReconcile("the process began");
    }

    public void Take(SnapshotTaken taken)
    {
        if (!isUnderWay || taken.Reconciliation != Number)
        {
            return;
        }

        isUnderWay = false;
        Problem = intake.Take(taken.Snapshot, askedAt, CertainUntil - Overlap) ?? "";
        if (Problem.Length == 0)
        {
            failures = 0;
            CertainUntil = taken.Snapshot.StartedAt;
            nextAt = state.Now + state.Settings.ReconcileEvery;
            state.Outbox.Settled("reconciliation-failed");
            if (state.UserStreamLostAt is not null && state.UserStreamIsBack && hasAskedSince)
            {
                state.UserStreamLostAt = null;
                state.Dirty();
            }

            if (!state.IsReconciled)
            {
                state.IsReconciled = true;
                state.Outbox.Alert(AlertLevel.Information, "reconciled", -1, "the account is understood; trading may begin");
                state.Dirty();
            }
        }
        else
        {
            Retry(Problem);
        }
    }

    public void Failed(SnapshotFailed failed)
    {
        if (isUnderWay && failed.Reconciliation == Number)
        {
            isUnderWay = false;
            Problem = failed.Text;
            Retry(failed.Text);
        }
    }

    /// <summary>Asks where it is time to.</summary>
    public void Tick()
    {
        if (!state.HasStarted)
        {
            return;
        }

        NoteMissingFills();
        if (isUnderWay)
        {
            if (state.Now < askedAt + AnswerLimit)
            {
                state.Outbox.WakeBy(askedAt + AnswerLimit);
                return;
            }

            isUnderWay = false;
            Retry("no answer came");
        }

        var due = state.ReconcileReason is not null && failures == 0 ? Math.Min(nextAt, askedAt + LeastPause) : nextAt;
        if (state.Now >= due)
        {
            Ask();
        }
        else
        {
            state.Outbox.WakeBy(due);
        }
    }

    private void Ask()
    {
        state.ReconcileIsAsked();
        isUnderWay = true;
        hasAskedSince = state.UserStreamIsBack;
        askedAt = state.Now;
        nextAt = state.Now + state.Settings.ReconcileEvery;
        Number++;
        intake.Asked();
        var since = (CertainUntil == 0 ? state.Now : CertainUntil) - Overlap;
        var orders = new List<OrderToFind>();
        foreach (var order in state.Orders.Live)
        {
            if (!order.Rests || order.IsMissed || order.MissingSince > 0)
            {
                orders.Add(new OrderToFind(order.Market, order.ClientOrderId, order.IsConditional, order.Booked));
                since = Math.Min(since, order.FillsSince);
            }
        }

        state.Outbox.Add(new Reconcile(Number, since, orders));
        state.Outbox.WakeBy(askedAt + AnswerLimit);
    }

    private void Retry(string why)
    {
        failures++;
        nextAt = state.Now + Math.Min(LongestRetry, 1_000L << Math.Min(10, failures - 1));
        if (failures >= 3)
        {
            state.Outbox.AlertOnce("reconciliation-failed", AlertLevel.Error, "reconciliation-failed", -1, $"the account can't be reconciled: {why}; it is tried again");
        }
    }

    /// <summary>A fill that the exchange counts and nobody has told of is usually a moment away; after that it is asked for.</summary>
    private void NoteMissingFills()
    {
        const long Grace = 1_000;
        foreach (var order in state.Orders.Live)
        {
            if (order.MissingSince == 0)
            {
                continue;
            }

            if (fills.IsGivenUp(order))
            {
                state.Outbox.AlertOnce(
                    $"fills-missing {order.ClientOrderId}", AlertLevel.Error, "fills-missing", order.Bot,
                    $"order {order.ClientOrderId} has executed {order.Reported} and the exchange tells fills of {order.Booked}; the account is compared without the rest");
                continue;
            }

            if (state.Now >= order.MissingSince + Grace)
            {
                state.WantReconcile($"fills of order {order.ClientOrderId} are missing");
                order.MissingSince = state.Now;
            }

            state.Outbox.WakeBy(order.MissingSince + Grace);
        }
    }
}
