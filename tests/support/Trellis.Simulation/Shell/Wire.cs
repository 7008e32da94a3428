using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Simulation.Exchange;
using Trellis.Simulation.Faults;

namespace Trellis.Simulation.Shell;

/// <summary>The way of requests to the exchange and of their answers back, with everything that can happen to them on it.</summary>
/// <param name="agenda">The virtual clock.</param>
/// <param name="exchange">Where requests go.</param>
/// <param name="dice">What goes wrong.</param>
/// <param name="settings">Of the account.</param>
/// <param name="clock">The shell's clock, which may be wrong.</param>
internal sealed class Wire(Agenda agenda, SimulatedExchange exchange, FaultDice dice, TradingSettings settings, ShellClock clock)
{
    private const long Timeout = 3_000;
    private const long Ahead = 1_000;

    /// <summary>The exchange answers nothing.</summary>
    public bool IsInMaintenance { get; set; }

    /// <summary>Grows with every disconnect: answers under way are lost.</summary>
    public int Connection { get; private set; }

    /// <summary>Called when an order leaves.</summary>
    public Action<OrderIntent> Sent { get; set; } = _ => { };

    public void Disconnect() => Connection++;

    public void Place(OrderIntent intent, Action<PlaceAnswer> told)
    {
        Sent(intent);
        Request(() => Arrive(intent), told);
    }

    public void Cancel(CancelOrder cancel, Action<PlaceAnswer> told) =>
        Request(() => exchange.Cancel(cancel.Market, cancel.ClientOrderId, cancel.IsConditional), told);

    public void Query(QueryOrder query, Action<OrderQueried> told)
    {
        var wait = Math.Max(0, query.NotBefore - clock.Now);
        agenda.After(wait + Way(), () =>
        {
            var found = exchange.Query(query.Market, query.ClientOrderId, query.IsConditional);
            var asked = clock.Now;
            var isLost = IsInMaintenance || dice.Happens(FaultKind.AnswerLost);
            var kind = isLost ? AnswerKind.Unknown : found is null ? AnswerKind.Refused : AnswerKind.Accepted;
            agenda.After(Way(), () => told(new OrderQueried(0, query.ClientOrderId, kind, isLost ? null : found, asked)));
        });
    }

    private PlaceAnswer Arrive(OrderIntent intent)
    {
        if (intent.PostOnly && dice.Happens(FaultKind.PostOnlyRefused))
        {
            return new PlaceAnswer(AnswerKind.Refused, RefusalKind.WouldTake, null, "the market has moved on the way");
        }

        var answer = exchange.PlaceOrder(intent);
        if (answer.Refusal == RefusalKind.WouldTake && answer.Kind == AnswerKind.Refused)
        {
            dice.Note(FaultKind.PostOnlyRefused);
        }

        return answer;
    }

    private void Request(Func<PlaceAnswer> at, Action<PlaceAnswer> told)
    {
        var (sent, stamp, mine) = (agenda.Now, clock.Now, Connection);
        if (dice.Happens(FaultKind.NotSent))
        {
            agenda.After(1, () => told(new PlaceAnswer(AnswerKind.NotSent, RefusalKind.Other, null, "the circuit is open")));
            return;
        }

        if (IsInMaintenance || dice.Happens(FaultKind.KnownServerError))
        {
            agenda.After(Way(), () => told(new PlaceAnswer(AnswerKind.Refused, RefusalKind.Other, null, "503: nothing was done")));
            return;
        }

        if (dice.Happens(FaultKind.RateLimited))
        {
            agenda.After(Way(), () => told(new PlaceAnswer(AnswerKind.Refused, RefusalKind.RateLimited, null, "429")));
            return;
        }

        if (dice.Happens(FaultKind.RequestLost))
        {
            agenda.After(Timeout, () => told(Unknown("time-out")));
            return;
        }

        agenda.After(Way(), () =>
        {
            var answer = stamp > exchange.Time + Ahead || stamp < exchange.Time - settings.ReceiveWindow
                ? new PlaceAnswer(AnswerKind.Refused, RefusalKind.Other, null, "the timestamp is outside of the receive window")
                : at();
            Return(sent, mine, answer, told);
        });
    }

    private void Return(long sent, int mine, PlaceAnswer answer, Action<PlaceAnswer> told)
    {
        if (dice.Happens(FaultKind.AnswerLost))
        {
            agenda.At(sent + Timeout, () => told(Unknown("time-out")));
            return;
        }

        var due = Math.Min(agenda.Now + Way(), sent + Timeout);
        var isLate = due == sent + Timeout;
        var isUnreadable = dice.Happens(FaultKind.UnknownServerError);
        agenda.At(due, () => told(isLate || isUnreadable || mine != Connection ? Unknown(isUnreadable ? "502" : "no answer") : answer));
    }

    /// <summary>Milliseconds that one way takes.</summary>
    public long Way() => 5 + dice.Pick(FaultKind.Delayed, 40) + (dice.Happens(FaultKind.Delayed) ? dice.Pick(FaultKind.Delayed, 4_000) : 0);

    private static PlaceAnswer Unknown(string text) => new(AnswerKind.Unknown, RefusalKind.Other, null, text);
}
