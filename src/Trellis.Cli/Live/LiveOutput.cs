using Trellis.Engine;
using Trellis.Engine.Observing;

namespace Trellis.Cli.Live;

/// <summary>What people see of a run.</summary>
internal sealed class LiveOutput : IAsyncDisposable
{
    private bool began;

    public IReadOnlyList<IEngineObserver> Observers { get; } = [];

    public static LiveOutput Create(LiveSession session, TextWriter output, TimeProvider time) => new();

    public void Begin() => began = true;

    public async Task ShowAsync(Func<Task<EngineStatus>> status, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(began ? Timeout.Infinite : 0, cancellation);
        }
        catch (OperationCanceledException)
        {
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
