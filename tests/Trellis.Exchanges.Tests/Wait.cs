namespace Trellis.Exchanges.Tests;

/// <summary>Waits for what must come true.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="what">What is waited for, for the message where it never comes.</param>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    /// <param name="what">What is waited for, for the message where it never comes.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(start).ShouldBeLessThan(Patience, $"waited in vain until {what}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
