using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>What a seed sets up: instruments, accounts and the temper of its traders.</summary>
internal sealed record FuzzScenario
{
    private const long Start = 1_760_000_000_000;

    public required int Seed { get; init; }

    public required MatchingSettings Settings { get; init; }

    /// <summary>Opens the accounts and pays their deposits; not part of what is shrunk.</summary>
    public required IReadOnlyList<MatchingCommand> Opening { get; init; }

    /// <summary>Whether margin is so scarce that it refuses orders.</summary>
    public required bool Scarce { get; init; }

    /// <summary>Whether a market outside quotes through the house.</summary>
    public required bool Quoted { get; init; }

    /// <summary>Whether a synthetic market moves through the book, with a ladder of quotes.</summary>
    public required bool Moved { get; init; }

    /// <summary>How far from the middle prices lie, in ticks: the smaller, the more orders collide.</summary>
    public required int Width { get; init; }

    /// <summary>How far the market may wander from its start, in ticks.</summary>
    public int Reach { get; init; } = 12;

    /// <summary>How often each kind of command comes.</summary>
    public required IReadOnlyList<int> Weights { get; init; }

    public int Users => Opening.Count / 2;

    /// <param name="wild">With all commands, wide prices and little money: for invariants, which need no naive exchange.</param>
    public static FuzzScenario Of(int seed, bool wild = false)
    {
        var dice = new Dice(seed);
        var scarce = wild ? dice.Chance(70) : seed % 5 == 4;
        var users = dice.Between(2, 5);
        List<MatchingCommand> opening = [];
        for (var user = 1; user <= users; user++)
        {
            opening.Add(new OpenAccount(Start, $"user{user}", HedgeMode: dice.Chance(30), Leverage: scarce ? dice.Of(20, 50, 100) : dice.Of(5, 20)));
            opening.Add(new Transfer(Start, new AccountId(user), scarce ? dice.Between(1, 15) : 1_000_000m));
        }

        return new FuzzScenario
        {
            Seed = seed,
            Settings = new MatchingSettings { Instruments = FuzzMarkets.All(limits: dice.Chance(40)), StartTime = Start },
            Opening = opening,
            Scarce = scarce,
            Quoted = dice.Chance(50),
            Moved = wild || dice.Chance(25),
            Width = dice.Of(2, 4, 8),
            Reach = wild ? 60 : 12,
            Weights = [.. (wild ? CommandGenerator.WildWeights : CommandGenerator.UsualWeights).Select(weight => weight * dice.Between(25, 175))],
        };
    }
}
