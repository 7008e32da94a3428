namespace Trellis.Live.Tests.Processes;

/// <summary>Waits for what another process does, by looking again and again.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <param name="what">For the error.</param>
    /// <param name="patience">Longest wait.</param>
    /// <param name="isDone">Looks.</param>
    /// <exception cref="TimeoutException">It did not come true.</exception>
    public static async Task UntilAsync(string what, TimeSpan patience, Func<Task<bool>> isDone)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await isDone())
        {
            if (TimeProvider.System.GetElapsedTime(since) > patience)
            {
                throw new TimeoutException($"{what}: not within {patience.TotalSeconds:0} s");
            }

            await Task.Delay(Look);
        }
    }

    /// <summary>The same, of what can be seen without asking anybody.</summary>
    public static Task UntilAsync(string what, TimeSpan patience, Func<bool> isDone) => UntilAsync(what, patience, () => Task.FromResult(isDone()));
}
