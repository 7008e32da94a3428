using System.Globalization;
using System.Text;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Numerics;

namespace Trellis.Simulator.Venues.Binance;

/// <summary>
/// The keys under which accounts listen to their own events: one per account, alive for 60 minutes after it was made or kept
/// alive (Binance: User Data Streams). Safe to call from any thread.
/// </summary>
/// <param name="seed">Makes the keys of this run unlike those of another.</param>
public sealed class ListenKeys(TimeProvider time, ulong seed)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 64;

    private readonly Lock _gate = new();
    private readonly DeterministicRandom _random = new(seed);
    private readonly Dictionary<AccountId, ListenKey> _byAccount = [];
    private Action<ListenKey, bool>? _ended;

    /// <summary>How long a key lives after it was made or kept alive.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(60);

    /// <summary>Calls the handler, outside of any lock, with each key that comes to its end: with true where its time ran out, false where its owner closed it.</summary>
    public void OnEnded(Action<ListenKey, bool> handler) => _ended += handler;

    /// <summary>Makes a key, or extends the life of the one that is alive.</summary>
    public ListenKey Create(AccountId account)
    {
        ExpireDue();
        lock (_gate)
        {
            var key = _byAccount.TryGetValue(account, out var alive) ? alive.Key : NewKey();
            return _byAccount[account] = new ListenKey(key, account, time.GetUtcNow() + Life);
        }
    }

    /// <summary>Extends the life of the account's key; null where it has none.</summary>
    public ListenKey? KeepAlive(AccountId account)
    {
        ExpireDue();
        lock (_gate)
        {
            return _byAccount.TryGetValue(account, out var alive)
                ? _byAccount[account] = alive with { ExpiresAt = time.GetUtcNow() + Life }
                : null;
        }
    }

    /// <summary>Ends the account's key; false where it has none.</summary>
    public bool Close(AccountId account)
    {
        ExpireDue();
        ListenKey? ended;
        lock (_gate)
        {
            _byAccount.Remove(account, out ended);
        }

        if (ended is not null)
        {
            _ended?.Invoke(ended, false);
        }

        return ended is not null;
    }

    /// <summary>The key that is alive under this text; null where there is none.</summary>
    public ListenKey? Find(string key)
    {
        ExpireDue();
        lock (_gate)
        {
            return _byAccount.Values.FirstOrDefault(alive => alive.Key == key);
        }
    }

    /// <summary>Ends the keys whose time is over.</summary>
    public void ExpireDue() => Expire(time.GetUtcNow());

    /// <summary>Ends every key as if its time were over.</summary>
    public void ExpireAll() => Expire(DateTimeOffset.MaxValue);

    /// <summary>One line per key: account, Unix milliseconds of its end, key.</summary>
    public string Capture()
    {
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var key in _byAccount.Values.OrderBy(key => key.Account.Value))
            {
                text.Append(CultureInfo.InvariantCulture, $"{key.Account.Value} {key.ExpiresAt.ToUnixTimeMilliseconds()} {key.Key}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Takes the keys of <see cref="Capture"/> over; lines that are none are left out, so that a client makes itself a new key.</summary>
    public void Restore(string captured)
    {
        lock (_gate)
        {
            _byAccount.Clear();
            foreach (var line in captured.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = line.Split(' ');
                if (parts.Length == 3
                    && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var account)
                    && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end)
                    && end <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
                {
                    _byAccount[new AccountId(account)] = new ListenKey(parts[2], new AccountId(account), DateTimeOffset.FromUnixTimeMilliseconds(end));
                }
            }
        }
    }

    private void Expire(DateTimeOffset now)
    {
        List<ListenKey> ended;
        lock (_gate)
        {
            ended = [.. _byAccount.Values.Where(key => key.ExpiresAt <= now)];
            foreach (var key in ended)
            {
                _byAccount.Remove(key.Account);
            }
        }

        foreach (var key in ended)
        {
            _ended?.Invoke(key, true);
        }
    }

    private string NewKey() => string.Create(Length, _random, static (text, random) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = Alphabet[(int)(random.NextBits() % (ulong)Alphabet.Length)];
        }
    });
}

/// <summary>A key that is alive, and until when.</summary>
public sealed record ListenKey(string Key, AccountId Account, DateTimeOffset ExpiresAt);
