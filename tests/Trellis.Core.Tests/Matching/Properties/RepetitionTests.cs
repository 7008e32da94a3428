using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Orders;
using Trellis.Core.Tests.Matching.Fuzz;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>A log of commands is the exchange, and so is its captured state.</summary>
public sealed class RepetitionTests
{
    private const int Operations = 400;

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Equal_commands_give_equal_events_and_equal_state(int seed)
    {
        var scenario = FuzzScenario.Of(seed, wild: true);
        var (commands, events, first) = Record(scenario);
        var second = new MatchingEngine(scenario.Settings);

        for (var i = 0; i < commands.Count; i++)
        {
            Said(second, commands[i]).ShouldBe(events[i], $"command {i}: {CommandText.Of(commands[i])}");
        }

        EventText.Of(second.Capture()).ShouldBe(EventText.Of(first.Capture()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_restored_engine_goes_on_as_if_nothing_had_been(int seed)
    {
        var scenario = FuzzScenario.Of(seed, wild: true);
        var (commands, events, whole) = Record(scenario);
        var dice = new Dice(seed);
        var engine = new MatchingEngine(scenario.Settings);
        for (var i = 0; i < commands.Count; i++)
        {
            if (dice.Chance(3))
            {
                var captured = engine.Capture();
                var before = EventText.Of(captured);
                var restored = MatchingEngine.Restore(scenario.Settings, captured);
                EventText.Of(restored.Capture()).ShouldBe(before, $"state restored before command {i}");
                Answers(restored).ShouldBe(Answers(engine), $"queries before command {i}");

                // What goes on in the old engine must not reach the captured state, nor the new engine.
                Said(engine, commands[i]);
                EventText.Of(captured).ShouldBe(before, $"the captured state changed with command {i}");
                engine = restored;
            }

            Said(engine, commands[i]).ShouldBe(events[i], $"command {i}: {CommandText.Of(commands[i])}");
        }

        Answers(engine).ShouldBe(Answers(whole));
        EventText.Of(engine.Capture()).ShouldBe(EventText.Of(whole.Capture()));
    }

    private static (List<MatchingCommand> Commands, List<string> Events, MatchingEngine Engine) Record(FuzzScenario scenario)
    {
        var engine = new MatchingEngine(scenario.Settings);
        var generator = new CommandGenerator(scenario, engine);
        List<MatchingCommand> commands = [];
        List<string> events = [];
        for (var i = 0; i < scenario.Opening.Count + Operations; i++)
        {
            commands.Add(i < scenario.Opening.Count ? scenario.Opening[i] : generator.Next());
            events.Add(Said(engine, commands[i]));
        }

        return (commands, events, engine);
    }

    private static string Said(MatchingEngine engine, MatchingCommand command)
    {
        engine.Events.Clear();
        engine.LevelChanges.Clear();
        var outcome = engine.Apply(command);
        return $"{(outcome.Refusal is { } refusal ? refusal : EventText.Of(outcome.Value!))}\n{EventText.OfEvents(engine)}";
    }

    /// <summary>All that the engine can be asked.</summary>
    private static string Answers(MatchingEngine engine)
    {
        List<object> answers = [engine.Time, engine.Instruments];
        for (var instrument = 0; instrument < engine.Instruments.Count; instrument++)
        {
            answers.Add((engine.LastPrice(instrument), engine.MarkPrice(instrument), engine.IndexPrice(instrument), engine.IsHalted(instrument), engine.LastUpdateId(instrument)).ToString());
            answers.AddRange([engine.Levels(instrument, Side.Buy, int.MaxValue), engine.Levels(instrument, Side.Sell, int.MaxValue)]);
        }

        for (var user = 0; user < engine.AccountCount; user++)
        {
            var account = new Core.Matching.Accounts.AccountId(user);
            answers.AddRange([
                engine.Summarize(account), engine.OpenOrders(account, -1), engine.OpenConditionals(account, -1), engine.Orders(account, -1), engine.Conditionals(account, -1),
                engine.Fills(account, -1), engine.Income(account), engine.Amendments(account, -1)]);
        }

        return string.Join("\n", answers.Select(EventText.Of));
    }
}
