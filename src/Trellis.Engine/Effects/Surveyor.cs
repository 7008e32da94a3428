using Trellis.Core.Markets;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Exchanges.Adapters;

namespace Trellis.Engine.Effects;

/// <summary>Asks the exchange for everything when the loop wants to know how things stand.</summary>
internal sealed class Surveyor(IExchangeAdapter adapter, TradingSettings settings, RequestCount requests, Action<TradingInput> answer, Action<string>? checkpoint)
{
    private readonly IReadOnlyList<InstrumentId> instruments = [.. settings.Markets.Select(market => market.Instrument.Id)];

    public void Survey(Reconcile question) => _ = SurveyAsync(question);

    private async Task SurveyAsync(Reconcile question)
    {
        using var request = requests.Begin();
        try
        {
            var asked = adapter.Trading.TakeSnapshotAsync(
                instruments, question.Since, [.. question.ClientOrderIds.Select(order => (instruments[order.Market], order))], CancellationToken.None);
            checkpoint?.Invoke("during-reconciliation");
            answer(new SnapshotTaken(0, question.Reconciliation, await asked));
        }
        catch (ExchangeException exception) when (exception.Refusal == RefusalKind.NotAllowed && exception.Kind == AnswerKind.Refused)
        {
            answer(new SnapshotFailed(0, question.Reconciliation, $"not allowed: {exception.Message}"));
        }
#pragma warning disable CA1031 // Half a snapshot is none, whatever kept the other half.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            answer(new SnapshotFailed(0, question.Reconciliation, exception.Message));
        }
    }
}
