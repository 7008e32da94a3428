using Serilog.Events;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Engine.Journal;
using Trellis.Engine.Observing;

namespace Trellis.Cli.Live.News;

/// <summary>Puts what happened into words. Keeps the last state of every open order, so that one that is only confirmed is not news; for one thread.</summary>
internal sealed class Narrator(LiveFacts facts)
{
    private readonly Dictionary<string, OrderState> told = new(StringComparer.Ordinal);
    private readonly OrderNarrator orders = new(facts);
    private readonly CommandNarrator commands = new(facts);

    public IEnumerable<Happening> Tell(Step step)
    {
        if (step.Notice is { } notice)
        {
            yield return Tell(notice);
            yield break;
        }

        var input = step.Input!;
        yield return commands.Tell(input, step.Sequence) ?? Quiet(input, step.Sequence);
        foreach (var effect in step.Effects)
        {
            if (Tell(effect, input.Time, step.Sequence) is { } happening)
            {
                yield return happening;
            }
        }
    }

    public Happening Tell(EngineNotice notice)
    {
        var text = facts.Redaction.Clean(notice.Text);
        return new Happening(notice.Time, Level(notice.Level), "notice", $"notice {LiveWords.Of(notice.Level)} {notice.Code}: {text}", new Fields { { "code", notice.Code }, { "message", text } });
    }

    public static LogEventLevel Level(AlertLevel level) => level switch
    {
        AlertLevel.Information => LogEventLevel.Information,
        AlertLevel.Warning => LogEventLevel.Warning,
        AlertLevel.Error => LogEventLevel.Error,
        _ => LogEventLevel.Fatal,
    };

    private static Happening Quiet(TradingInput input, long sequence)
    {
        var kind = InputCodec.KindOf(input);
        return new Happening(
            input.Time, input is QuoteChanged ? LogEventLevel.Verbose : LogEventLevel.Debug, "input", $"input {sequence}: {kind}", new Fields { { "sequence", sequence }, { "kind", kind } });
    }

    private Happening? Tell(TradingEffect effect, long time, long sequence) => effect switch
    {
        OrderStateChanged { Order: var order } when IsNews(order) => orders.Tell(order, time, sequence),
        FillBooked fill => orders.Tell(fill, sequence),
        BotStateChanged changed => Tell(changed, time, sequence),
        Alert alert => Tell(alert, time, sequence),
        CancelOrder cancel => Request(time, sequence, "cancel", facts.Instrument(cancel.Market), cancel.ClientOrderId),
        QueryOrder query => Request(time, sequence, "query", facts.Instrument(query.Market), query.ClientOrderId),
        Reconcile => Request(time, sequence, "reconcile", "", ""),
        LedgerPosted posted => new Happening(time, LogEventLevel.Debug, "ledger", $"ledger: {facts.Redaction.Clean(posted.Reference)}", new Fields { { "sequence", sequence }, { "reference", facts.Redaction.Clean(posted.Reference) } }),
        _ => null,
    };

    private bool IsNews(ManagedOrder order)
    {
        var id = order.Intent.ClientOrderId;
        var isNews = !told.TryGetValue(id, out var before) || before != order.State;
        if (order.IsFinal)
        {
            told.Remove(id);
        }
        else
        {
            told[id] = order.State;
        }

        return isNews;
    }

    private Happening Tell(BotStateChanged changed, long time, long sequence)
    {
        var (bot, state, reason) = (facts.Bot(changed.Bot), LiveWords.Of(changed.State), facts.Redaction.Clean(changed.Reason));
        var level = changed.State == BotState.Failed ? LogEventLevel.Error : LogEventLevel.Information;
        return new Happening(
            time, level, "bot", $"bot {state}: {bot}{(reason.Length > 0 ? $", {reason}" : "")}", new Fields { { "sequence", sequence }, { "bot", bot }, { "state", state }, { "reason", reason } });
    }

    private Happening Tell(Alert alert, long time, long sequence)
    {
        var (bot, text) = (facts.Bot(alert.Bot), facts.Redaction.Clean(alert.Text));
        return new Happening(
            time, Level(alert.Level), "alert", $"alert {LiveWords.Of(alert.Level)} {alert.Code}: {(bot.Length > 0 ? $"{bot}: " : "")}{text}",
            new Fields { { "sequence", sequence }, { "code", alert.Code }, { "bot", bot }, { "message", text } });
    }

    private static Happening Request(long time, long sequence, string kind, string instrument, string id) => new(
        time, LogEventLevel.Debug, "request", $"request {kind}{(instrument.Length > 0 ? $": {instrument}, id {id}" : "")}",
        new Fields { { "sequence", sequence }, { "kind", kind }, { "instrument", instrument }, { "client_order_id", id } });
}
