using Trellis.Core.Markets;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Observing;
using Trellis.Exchanges.Adapters;

namespace Trellis.Engine.Streams;

/// <summary>Keeps both streams running: adapters reconnect by themselves, and whatever ends one of them is told and tried again, unless no trying helps.</summary>
internal sealed class StreamKeeper(EngineSetup setup, MarketIntake market, UserIntake user, Observers observers, Action<Exception> fail) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private bool isDisposed;

    /// <summary>
    /// Returns when both streams are up, so that what is asked for afterwards misses nothing; or when they have had their time: a user stream that is
    /// not up by then counts as lost, and the loop waits for it.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        IReadOnlyList<InstrumentId> instruments = [.. setup.Settings.Markets.Select(each => each.Instrument.Id)];
        running = Task.WhenAll(
            KeepAsync("market", token => setup.Adapter.RunMarketStreamAsync(instruments, setup.Interval, market, token), market.Lost),
            KeepAsync("user", token => setup.Adapter.RunUserStreamAsync(instruments, user, token), user.Lost));
        var since = setup.Time.GetTimestamp();
        for (var health = setup.Adapter.Health; health is not { UserStreamUp: true, MarketStreamUp: true }; health = setup.Adapter.Health)
        {
            var waited = setup.Time.GetElapsedTime(since);
            if (health.UserStreamUp && waited > setup.Limits.MarketStreamPatience)
            {
                return;
            }

            if (waited > setup.Limits.StreamPatience)
            {
                observers.Notice(AlertLevel.Warning, "user-stream-late", $"the user stream did not come up within {setup.Limits.StreamPatience.TotalSeconds:0} s; nothing that adds risk leaves until it does");
                user.Lost("it did not come up");
                if (setup.Adapter.Health.UserStreamUp)
                {
                    // Just now, and what it told of that came before the loss.
                    user.Restored();
                }

                return;
            }

            await Task.Delay(Look, setup.Time, cancellation);
        }
    }

    public async Task StopAsync()
    {
        if (!isDisposed)
        {
            await stopping.CancelAsync();
            await running;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        isDisposed = true;
        stopping.Dispose();
    }

    private async Task KeepAsync(string name, Func<CancellationToken, Task> run, Action<string> lost)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await run(stopping.Token);
                if (!stopping.IsCancellationRequested)
                {
                    lost($"the {name} stream ended");
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ExchangeException exception) when (exception.Refusal == RefusalKind.NotAllowed && exception.Kind == AnswerKind.Refused)
            {
                lost(exception.Message);
                fail(exception);
                return;
            }
#pragma warning disable CA1031 // A stream that breaks in a way nobody thought of must still be told of, and come back.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                lost(exception.Message);
                observers.Notice(AlertLevel.Error, "stream-failed", $"the {name} stream failed: {exception.Message}; it is started again");
            }

            if (!stopping.IsCancellationRequested)
            {
                await Task.Delay(Pause, setup.Time, CancellationToken.None);
            }
        }
    }
}
