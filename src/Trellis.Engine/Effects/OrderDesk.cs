using Trellis.Core.Markets;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Exchanges.Adapters;

namespace Trellis.Engine.Effects;

/// <summary>Sends what the loop wants sent, and tells it what came of it: every request has exactly one answer, whatever happens.</summary>
internal sealed class OrderDesk(IExchangeAdapter adapter, TradingSettings settings, EngineClock clock, TimeProvider time, RequestCount requests, Action<TradingInput> answer, Action<string>? checkpoint)
{
    private volatile bool isClosed;

    /// <summary>Nothing is sent from now on: the account is somebody else's, or nobody's. What was decided and not sent is found out by the next start.</summary>
    public void Close() => isClosed = true;

    public void Place(IReadOnlyList<PlaceOrder> orders)
    {
        if (isClosed)
        {
            return;
        }

        var batch = Math.Max(1, adapter.Capabilities.Batch);
        for (var from = 0; from < orders.Count; from += batch)
        {
            var count = Math.Min(batch, orders.Count - from);
            _ = count == 1 ? PlaceOneAsync(orders[from].Intent) : PlaceSomeAsync([.. orders.Skip(from).Take(count).Select(order => order.Intent)]);
        }
    }

    /// <summary>Answers for orders that are not sent.</summary>
    public void TurnAway(IReadOnlyList<PlaceOrder> orders, string why)
    {
        foreach (var order in orders)
        {
            answer(new PlaceAnswered(0, order.Intent.ClientOrderId, new PlaceAnswer(AnswerKind.NotSent, RefusalKind.Other, null, why)));
        }
    }

    public void Cancel(CancelOrder cancel) => _ = isClosed ? Task.CompletedTask : CancelAsync(cancel);

    public void Query(QueryOrder query) => _ = isClosed ? Task.CompletedTask : QueryAsync(query);

    private InstrumentId Instrument(int market) => settings.Markets[market].Instrument.Id;

    private async Task PlaceOneAsync(OrderIntent intent)
    {
        using var request = requests.Begin();
        checkpoint?.Invoke("before-send");
        var answered = await Ask(() => adapter.Trading.PlaceAsync(Instrument(intent.Market), intent, CancellationToken.None), "after-send");
        answer(new PlaceAnswered(0, intent.ClientOrderId, answered));
    }

    private async Task PlaceSomeAsync(IReadOnlyList<OrderIntent> intents)
    {
        using var request = requests.Begin();
        checkpoint?.Invoke("before-send");
        IReadOnlyList<PlaceAnswer> answers;
        try
        {
            var asked = adapter.Trading.PlaceBatchAsync([.. intents.Select(intent => (Instrument(intent.Market), intent))], CancellationToken.None);
            checkpoint?.Invoke("after-send");
            answers = await asked;
            if (answers.Count != intents.Count)
            {
                answers = [.. intents.Select(_ => Unknown($"a batch of {intents.Count} orders got {answers.Count} answers"))];
            }
        }
#pragma warning disable CA1031 // Whatever went wrong, the orders may have arrived.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            answers = [.. intents.Select(_ => Unknown(exception.Message))];
        }

        checkpoint?.Invoke("before-acknowledgement");
        for (var i = 0; i < intents.Count; i++)
        {
            answer(new PlaceAnswered(0, intents[i].ClientOrderId, answers[i]));
        }
    }

    private async Task CancelAsync(CancelOrder cancel)
    {
        using var request = requests.Begin();
        var answered = await Ask(() => adapter.Trading.CancelAsync(Instrument(cancel.Market), cancel.ClientOrderId, cancel.IsConditional, CancellationToken.None), "after-cancel-send");
        answer(new CancelAnswered(0, cancel.ClientOrderId, answered));
    }

    private async Task QueryAsync(QueryOrder query)
    {
        var wait = query.NotBefore - clock.Now;
        if (wait > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), time);
        }

        using var request = requests.Begin();
        var askedAt = clock.Now;
        try
        {
            var order = await adapter.Trading.FindOrderAsync(Instrument(query.Market), query.ClientOrderId, query.IsConditional, CancellationToken.None);
            answer(new OrderQueried(0, query.ClientOrderId, order is null ? AnswerKind.Refused : AnswerKind.Accepted, order, askedAt));
        }
#pragma warning disable CA1031 // No answer is no answer.
        catch (Exception)
#pragma warning restore CA1031
        {
            answer(new OrderQueried(0, query.ClientOrderId, AnswerKind.Unknown, null, askedAt));
        }
    }

    private async Task<PlaceAnswer> Ask(Func<Task<PlaceAnswer>> ask, string sent)
    {
        try
        {
            var asked = ask();
            checkpoint?.Invoke(sent);
            var answered = await asked;
            checkpoint?.Invoke("before-acknowledgement");
            return answered;
        }
#pragma warning disable CA1031 // Whatever went wrong, the request may have arrived.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Unknown(exception.Message);
        }
    }

    private static PlaceAnswer Unknown(string why) => new(AnswerKind.Unknown, RefusalKind.Other, null, why);
}
