using Trellis.Server.Api;

namespace Trellis.Live.Tests.Processes;

/// <summary>A bot's process with the folder that it lives in, looked at from outside.</summary>
internal sealed class BotAtWork(BotFolder bot) : IAsyncDisposable
{
    private readonly TrellisProcess process = bot.Run();

    /// <summary>What it wrote to standard output so far.</summary>
    public string Output => process.Output;

    public string Error => process.Error;

    /// <summary>Waits until something is true of it; an error where it ends before.</summary>
    public Task UntilAsync(string what, Func<StatusMessage, Task<bool>> isDone) =>
        Waiting.UntilAsync(what, TrellisProcess.Patience, async () => process.HasExited
            ? throw new InvalidOperationException($"the bot ended: {process.Output}{process.Error}")
            : await bot.StatusAsync() is { } status && await isDone(status));

    public Task UntilAsync(string what, Func<StatusMessage, bool> isDone) => UntilAsync(what, status => Task.FromResult(isDone(status)));

    public Task KillAsync() => process.KillAsync();

    public Task<int> TerminateAsync() => process.TerminateAsync();

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
