using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Tests.Matching.Naive;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>Runs a seed, and tells its failure in as few commands as it takes.</summary>
internal static class FuzzRun
{
    /// <returns>Null, or the seed, its difference and a shrunk list of commands that shows one.</returns>
    public static string? Failure(int seed, int operations, NaiveFault fault = NaiveFault.None, FuzzCounts? counts = null)
    {
        var scenario = FuzzScenario.Of(seed);
        List<MatchingCommand> commands = [];
        if (Run(scenario, fault, operations, commands, counts) is not { } difference)
        {
            return null;
        }

        var plain = commands.Select(NamedByClient(scenario, commands)).ToList();
        var small = Shrinker.Shrink(Replay(scenario, fault, plain) is null ? commands : plain, candidate => Replay(scenario, fault, candidate) is not null);
        return Describe(scenario, $"command {commands.Count}: {difference}", small, Replay(scenario, fault, small));
    }

    /// <summary>Order ids change when commands before them are left out; the clients' own names of orders don't.</summary>
    private static Func<MatchingCommand, MatchingCommand> NamedByClient(FuzzScenario scenario, IReadOnlyList<MatchingCommand> commands)
    {
        var engine = new MatchingEngine(scenario.Settings);
        foreach (var command in scenario.Opening.Concat(commands))
        {
            Attempt(() =>
            {
                engine.Apply(command);
                return null;
            });
        }

        OrderReference Named(AccountId account, OrderReference reference) =>
            engine.FindOrder(account, reference) is { } order && reference.OrderId != 0 ? reference with { OrderId = 0, ClientOrderId = order.Request.ClientOrderId } : reference;

        return command => command switch
        {
            AmendOrder amend => amend with { Order = Named(amend.Account, amend.Order) },
            CancelOrder cancel => cancel with { Order = Named(cancel.Account, cancel.Order) },
            _ => command,
        };
    }

    public static string Describe(FuzzScenario scenario, string found, IReadOnlyList<MatchingCommand> small, string? ofSmall) => $"""
        seed {scenario.Seed}, {found}
        shrunk to {small.Count} commands: {ofSmall}
        {string.Join("\n", scenario.Opening.Concat(small).Select(CommandText.Of))}
        """;

    /// <summary>An exception is a difference too.</summary>
    public static string? Attempt(Func<string?> step)
    {
        try
        {
            return step();
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }

    /// <summary>Whether a seed fails.</summary>
    public static bool Finds(int seed, int operations, NaiveFault fault) => Run(FuzzScenario.Of(seed), fault, operations, [], null) is not null;

    public static string? Replay(FuzzScenario scenario, NaiveFault fault, IReadOnlyList<MatchingCommand> commands)
    {
        var duel = new Duel(scenario, fault);
        foreach (var command in commands)
        {
            if (Attempt(() => duel.Step(command)) is { } difference)
            {
                return difference;
            }

            if (duel.IsOver)
            {
                return null;
            }
        }

        return Attempt(duel.Everything);
    }

    private static string? Run(FuzzScenario scenario, NaiveFault fault, int operations, List<MatchingCommand> commands, FuzzCounts? counts)
    {
        var duel = new Duel(scenario, fault, counts);
        var generator = new CommandGenerator(scenario, duel.Engine);
        while (commands.Count < operations && !duel.IsOver)
        {
            var command = generator.Next();
            commands.Add(command);
            if (Attempt(() => duel.Step(command)) is { } difference)
            {
                return difference;
            }
        }

        return duel.IsOver ? null : Attempt(duel.Everything);
    }
}
