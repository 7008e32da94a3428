using System.Globalization;
using Trellis.Core;
using Trellis.Simulator;

namespace Trellis.Cli.Simulator;

/// <summary>Reads the accounts from <c>--key</c>, <c>--secret</c>, <c>--account</c> and <c>--balance</c>.</summary>
internal static class AccountArguments
{
    public const string DefaultKey = "simulator-key";
    public const string DefaultSecret = "simulator-secret";
    public const string Currency = "USDT";
    public const string DefaultBalance = $"{Currency}=10000";

    private const string AccountForm = "NAME:KEY:SECRET or NAME:KEY:SECRET:BALANCE";

    /// <exception cref="ConfigurationException">A value is wrong, or a name or key is there twice.</exception>
    public static IReadOnlyList<SimulatedAccount> Read(IReadOnlyList<string> keys, IReadOnlyList<string> secrets, IReadOnlyList<string> accounts, string balance)
    {
        if (keys.Count != secrets.Count)
        {
            throw new ConfigurationException($"--key is given {Times(keys.Count)} and --secret {Times(secrets.Count)}; allowed: a --secret for each --key, in the same order");
        }

        var start = Balance(balance);
        var read = keys.Zip(secrets, (key, secret) => (Key: key, Secret: secret))
            .Select((pair, index) => new SimulatedAccount(index == 0 ? "main" : $"account-{index + 1}", pair.Key, pair.Secret, start))
            .Concat(accounts.Select(text => Account(text, start)))
            .ToList();
        if (read.Count == 0)
        {
            read.Add(new SimulatedAccount("main", DefaultKey, DefaultSecret, start));
        }

        read.ForEach(Check);
        Unique(read.Select(account => account.Name), "account name");
        Unique(read.Select(account => account.Key), "key");
        return read;
    }

    private static SimulatedAccount Account(string text, decimal start)
    {
        // The text holds a secret, so that messages don't repeat it.
        var parts = text.Split(':');
        return parts.Length switch
        {
            3 => new SimulatedAccount(parts[0], parts[1], parts[2], start),
            4 => new SimulatedAccount(parts[0], parts[1], parts[2], Amount("--account", parts[3])),
            _ => throw new ConfigurationException($"--account has {parts.Length} parts between colons; allowed: {AccountForm}"),
        };
    }

    private static decimal Balance(string text)
    {
        var parts = text.Split('=');
        return parts is [Currency, var amount]
            ? Amount("--balance", amount)
            : throw new ConfigurationException($"--balance '{text}' is not a balance; allowed: {Currency}=AMOUNT, such as {DefaultBalance}");
    }

    private static decimal Amount(string option, string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount is > 0 and <= 1_000_000_000_000m && decimal.Round(amount, 8) == amount
            ? amount
            : throw new ConfigurationException($"{option}: '{text}' is not an amount; allowed: above 0, at most 1000000000000, with at most 8 decimals");

    private static void Check(SimulatedAccount account)
    {
        if (account.Name.Length is 0 or > 32 || !account.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw new ConfigurationException($"--account: '{account.Name}' is not a name; allowed: 1 to 32 letters, digits, - and _");
        }

        if (account.Key.Length is 0 or > 128 || !account.Key.All(letter => letter is > ' ' and < '\x7F'))
        {
            throw new ConfigurationException($"--key of account {account.Name} is not a key; allowed: 1 to 128 printable ASCII characters without blanks");
        }

        if (account.Secret.Length is 0 or > 1024)
        {
            throw new ConfigurationException($"--secret of account {account.Name} is {(account.Secret.Length == 0 ? "empty" : "too long")}; allowed: 1 to 1024 characters");
        }
    }

    private static void Unique(IEnumerable<string> values, string what)
    {
        if (values.GroupBy(value => value, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ConfigurationException($"--account, --key: the {what} {twice.Key} is there twice; each account has its own");
        }
    }

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";
}
