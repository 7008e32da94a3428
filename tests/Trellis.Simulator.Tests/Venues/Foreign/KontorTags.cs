using System.Collections.Concurrent;
using System.Globalization;
using Trellis.Core.Matching.Accounts;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>A tag names one order of an account for ever, not just while it rests: so the venue remembers them all, over kills too.</summary>
internal sealed class KontorTags
{
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);

    /// <summary>False where the account has used it.</summary>
    public bool Take(AccountId account, string tag) => _used.TryAdd(Entry(account, tag), true);

    /// <summary>The order was not taken: its tag is free.</summary>
    public void Return(AccountId account, string tag) => _used.TryRemove(Entry(account, tag), out _);

    public string Capture() => string.Join('\n', _used.Keys.Order(StringComparer.Ordinal));

    public void Restore(string captured)
    {
        foreach (var entry in captured.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _used[entry] = true;
        }
    }

    private static string Entry(AccountId account, string tag) => string.Create(CultureInfo.InvariantCulture, $"{account.Value} {tag}");
}
