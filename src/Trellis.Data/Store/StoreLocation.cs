namespace Trellis.Data.Store;

/// <summary>Where candles are kept unless a command says otherwise.</summary>
public static class StoreLocation
{
    public const string Variable = "TRELLIS_STORE";

    /// <summary>The folder named by <see cref="Variable"/>, else <c>~/.trellis/candles</c>.</summary>
    /// <param name="environment">Looks up an environment variable; null where it is not set.</param>
    public static string Default(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment(Variable) is { Length: > 0 } directory)
        {
            return directory;
        }

        var home = environment("HOME") ?? environment("USERPROFILE") ?? ".";
        return Path.Combine(home, ".trellis", "candles");
    }
}
