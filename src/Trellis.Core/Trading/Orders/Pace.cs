using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Trading.Orders;

/// <summary>
/// Lets orders that add risk, and those that only rest, leave no faster than the exchange takes them: so many at once are under way, and after a refusal for the
/// sake of its limits all of them wait; what closes a position at once, or protects it, does not. Without it, a hundred ladders that begin together would be decided, refused and decided again until there is room for the last of them.
/// </summary>
internal sealed class Pace(LoopState state)
{
    /// <summary>Orders without an answer at once.</summary>
    public const int MostUnderWay = 100;

    /// <summary>After a refusal that does not say how long it holds; doubled with each further one.</summary>
    private const long FirstPause = 1_000;
    private const long LongestPause = 30_000;

    private readonly List<BotLane> waiting = [];
    private int underWay;
    private int refusals;
    private long notBefore;

    /// <summary>Why an order of a lane has to wait; empty where it may leave. The lane is looked at again when that has changed.</summary>
    public string Obstacle(BotLane lane)
    {
        if (state.Now < notBefore)
        {
            state.Outbox.WakeBy(notBefore);
            return "the exchange takes no more orders for a moment";
        }

        if (underWay < MostUnderWay)
        {
            return "";
        }

        if (waiting.Count == 0 || waiting[^1] != lane)
        {
            waiting.Add(lane);
        }

        return "other orders are on their way first";
    }

    public void Left() => underWay++;

    public void Answered(PlaceAnswer answer)
    {
        if (answer.Kind == AnswerKind.Accepted)
        {
            refusals = 0;
        }
        else if (answer.Kind == AnswerKind.NotSent || answer is { Kind: AnswerKind.Refused, Refusal: RefusalKind.RateLimited })
        {
            // Those that left together are refused together.
            if (state.Now >= notBefore)
            {
                refusals++;
                notBefore = state.Now + Math.Min(LongestPause, FirstPause << Math.Min(10, refusals - 1));
            }

            notBefore = Math.Max(notBefore, state.Now + answer.RetryAfter);
        }
    }

    /// <param name="count">Orders without an answer now.</param>
    public void Count(int count)
    {
        underWay = count;
        if (waiting.Count == 0 || underWay > MostUnderWay / 2)
        {
            return;
        }

        foreach (var lane in waiting)
        {
            lane.IsDirty = true;
        }

        waiting.Clear();
        state.Outbox.WakeBy(state.Now);
    }
}
