using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Hosting;

namespace Trellis.Simulator;

/// <summary>Opens accounts that are new, and says which key opens which account.</summary>
internal static class AccountOpening
{
    /// <summary>Opens the accounts that the engine does not have yet and fills their wallets.</summary>
    /// <param name="kept">Names of the accounts that it has, in the order in which they were opened.</param>
    /// <returns>Names of all accounts, in that order.</returns>
    /// <exception cref="ConfigurationException">The exchange refuses an account.</exception>
    public static IReadOnlyList<string> Open(MatchingEngine engine, IReadOnlyList<string> kept, SimulatorOptions options)
    {
        var names = kept.ToList();
        foreach (var account in options.Accounts.Where(account => !kept.Contains(account.Name, StringComparer.Ordinal)))
        {
            names.Add(account.Name);
            Carry(engine, account, new OpenAccount(engine.Time, account.Name, options.HedgeMode, options.Leverage));
            Carry(engine, account, new Transfer(engine.Time, Id(names, account.Name), account.Balance));
        }

        // Nobody was there to see it.
        engine.Events.Clear();
        engine.LevelChanges.Clear();
        return names;
    }

    public static IReadOnlyList<ApiCredential> Credentials(IReadOnlyList<string> names, IReadOnlyList<SimulatedAccount> accounts) =>
        [.. accounts.Select(account => new ApiCredential(account.Key, account.Secret, account.Passphrase, Id(names, account.Name)))];

    // Account 0 is the house.
    private static AccountId Id(IReadOnlyList<string> names, string name) => new(names.Index().First(entry => entry.Item == name).Index + 1);

    private static void Carry(MatchingEngine engine, SimulatedAccount account, MatchingCommand command)
    {
        if (!engine.Apply(command).Succeeded(out _, out var refusal))
        {
            throw new ConfigurationException($"account {account.Name} can't be opened: {refusal.Detail}");
        }
    }
}
