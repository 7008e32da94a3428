using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Trading.Orders;

/// <summary>Takes up what came of what was sent: orders, cancels and questions.</summary>
internal sealed class OrderAnswers(LoopState state, OrderSender sender, OrderReports reports, OrderEnd end, Refusals refusals)
{
    private const long RetryAfter = 1_000;
    private const long LongestRetry = 30_000;

    public void Placed(PlaceAnswered answered)
    {
        if (state.Orders.Find(answered.ClientOrderId) is not { } order)
        {
            return;
        }

        var answer = answered.Answer;
        state.Pace.Answered(answer);
        if (answer.Kind == AnswerKind.Accepted && state.Permission.Allow())
        {
            state.Dirty();
        }

        switch (answer.Kind)
        {
            case AnswerKind.Accepted when answer.Order is { } told:
                reports.Take(order, told);
                break;
            case AnswerKind.Accepted:
                order.KnownAt = Math.Min(order.KnownAt, state.Now);
                Arrive(order);
                break;
            case AnswerKind.Refused when answer.Refusal == RefusalKind.DuplicateClientOrderId:
                // An id of ours is never used twice: the exchange has it because it did arrive.
                Doubt(order, $"refused as a duplicate: {answer.Text}");
                break;
            case AnswerKind.Refused or AnswerKind.NotSent when order.State is OrderState.Submitting or OrderState.Unknown && order.Booked == 0 && order.KnownAt == long.MaxValue:
                Refuse(order, answer);
                break;
            default:
                Doubt(order, answer.Text);
                break;
        }
    }

    public void Canceled(CancelAnswered answered)
    {
        if (state.Orders.Find(answered.ClientOrderId) is not { } order)
        {
            return;
        }

        var answer = answered.Answer;
        order.CancelUnderWay = false;
        if (order.HasEnded)
        {
            return;
        }

        switch (answer.Kind)
        {
            case AnswerKind.Accepted when answer.Order is { } told:
                reports.Take(order, told);
                if (order.State == OrderState.Canceling)
                {
                    sender.Query(order, state.Now + RetryAfter);
                }

                break;
            case AnswerKind.Accepted or AnswerKind.Unknown:
            case AnswerKind.Refused when answer.Refusal == RefusalKind.UnknownOrder:
                // Gone, or perhaps gone: what it has executed is not known yet.
                sender.Query(order, state.Now);
                break;
            default:
                if (answer.Refusal == RefusalKind.NotAllowed)
                {
                    state.Permission.Forbid(answer.Text);
                }

                order.CancelRefusals++;
                order.CancelNotBefore = state.Now + Backoff(order.CancelRefusals);
                Return(order, $"cancel {answer.Kind}: {answer.Text}");
                break;
        }
    }

    public void Queried(OrderQueried queried)
    {
        if (state.Orders.Find(queried.ClientOrderId) is not { } order)
        {
            return;
        }

        order.QueryUnderWay = false;
        if (order.IsFinal)
        {
            return;
        }

        switch (queried.Kind)
        {
            case AnswerKind.Accepted when queried.Order is { } told:
                reports.Take(order, told);
                break;
            case AnswerKind.Refused when order.KnownAt == long.MaxValue && queried.AskedAt < order.MayArriveUntil:
                // It may still be on its way: too early to say.
                sender.Query(order, order.MayArriveUntil);
                break;
            case AnswerKind.Refused:
                state.WantReconcile($"order {order.ClientOrderId} is not known to the exchange");
                break;
            default:
                sender.Query(order, state.Now + Backoff(order.Queries));
                break;
        }
    }

    /// <summary>A snapshot that began when it could no longer be on its way knows nothing of it: it never arrived.</summary>
    public void NeverArrived(TrackedOrder order)
    {
        order.State = OrderState.Rejected;
        order.EndIsExplained = true;
        order.EndIsInferred = true;
        order.Reason = "never arrived";
        if (end.HolderOf(order) is { } holder)
        {
            refusals.NotSent(holder, order.CreatedAt);
        }

        end.Note(order);
    }

    /// <summary>It was at the exchange, and neither its open orders nor its history know it any more: it ended, with what is booked.</summary>
    public void Vanished(TrackedOrder order)
    {
        order.State = OrderState.Canceled;
        order.EndIsInferred = true;
        order.Reason = order.CancelAsked ? order.Reason : "the exchange no longer knows it";
        end.Note(order);
    }

    private void Refuse(TrackedOrder order, PlaceAnswer answer)
    {
        var holder = end.HolderOf(order);
        order.State = OrderState.Rejected;
        order.EndIsExplained = true;
        order.Reason = answer.Kind == AnswerKind.NotSent ? $"not sent: {answer.Text}" : answer.Text;
        end.Note(order);
        if (holder is null)
        {
            return;
        }

        if (answer.Kind == AnswerKind.NotSent)
        {
            refusals.NotSent(holder, state.Now);
        }
        else
        {
            refusals.Take(order, holder, answer.Refusal, answer.Text);
        }
    }

    private void Arrive(TrackedOrder order)
    {
        var live = order.IsConditional ? OrderState.Untriggered : OrderState.Open;
        order.Live = (OrderState)Math.Max((byte)order.Live, (byte)live);
        if (order.State is OrderState.Submitting or OrderState.Unknown)
        {
            order.State = order.Live;
            end.Note(order);
        }
    }

    private void Doubt(TrackedOrder order, string why)
    {
        if (order.State is OrderState.Submitting or OrderState.Unknown)
        {
            sender.BecomeUnknown(order, why, state.Now);
            sender.Query(order, order.MayArriveUntil);
        }
    }

    private void Return(TrackedOrder order, string why)
    {
        if (order.State == OrderState.Canceling)
        {
            order.State = order.Live;
            order.Reason = why;
            end.Note(order);
        }
    }

    private static long Backoff(int times) => Math.Min(LongestRetry, RetryAfter << Math.Min(10, Math.Max(0, times - 1)));
}
