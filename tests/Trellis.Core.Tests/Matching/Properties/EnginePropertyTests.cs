using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Tests.Matching.Fuzz;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>What must hold whatever is asked of the engine: synthetic markets, liquidations, leverage, other rules and split fills included.</summary>
public sealed class EnginePropertyTests(ITestOutputHelper output)
{
    private const int DefaultOperations = 100_000;
    private const int OperationsPerSeed = 600;

    /// <summary>What so many commands have to hold at least, so that a fuzz of nothing fails.</summary>
    private static readonly Dictionary<string, int> Least = new(StringComparer.Ordinal)
    {
        ["event: Traded"] = 20_000,
        ["event: Filled Filled"] = 10_000,
        ["event: Filled None"] = 5_000,
        ["event: Amended None"] = 1_000,
        ["event: ConditionalChanged"] = 5_000,
        ["event: FundingSettled"] = 1_000,
        ["event: InstrumentChanged"] = 1_000,
        ["event: Liquidated"] = 40,
        ["event: Expired Liquidation"] = 20,
        ["event: Expired SelfTradePrevention"] = 200,
        ["event: Expired NothingToReduce"] = 100,
        ["command: MoveMarket"] = 3_000,
        ["command: SplitFills"] = 500,
    };

    [Fact]
    public void Properties_hold_after_every_command()
    {
        var operations = FuzzSettings.Operations(DefaultOperations);
        var counts = new FuzzCounts();
        for (var seed = FuzzSettings.FirstSeed; counts["commands"] < operations; seed++)
        {
            if (Failure(seed, counts) is { } failure)
            {
                Assert.Fail(failure);
            }
        }

        output.WriteLine(counts.ToString());
        if (operations >= DefaultOperations)
        {
            counts.ShouldHold(Least);
        }
    }

    private static string? Failure(int seed, FuzzCounts counts)
    {
        var scenario = FuzzScenario.Of(seed, wild: true);
        List<MatchingCommand> commands = [];
        var audit = new EngineAudit(new MatchingEngine(scenario.Settings), scenario.Opening);
        var generator = new CommandGenerator(scenario, audit.Engine);
        var failure = FuzzRun.Attempt(() =>
        {
            while (commands.Count < OperationsPerSeed)
            {
                commands.Add(generator.Next());
                audit.Step(commands[^1]);
                counts.Count(commands[^1], audit.Engine.Events);
            }

            audit.Everything();
            return null;
        });
        if (failure is null)
        {
            return null;
        }

        var small = Shrinker.Shrink(commands, candidate => Replay(scenario, candidate) is not null);
        return FuzzRun.Describe(scenario, $"command {commands.Count}: {failure}", small, Replay(scenario, small));
    }

    private static string? Replay(FuzzScenario scenario, IReadOnlyList<MatchingCommand> commands) => FuzzRun.Attempt(() =>
    {
        var audit = new EngineAudit(new MatchingEngine(scenario.Settings), scenario.Opening);
        foreach (var command in commands)
        {
            audit.Step(command);
        }

        audit.Everything();
        return null;
    });
}
