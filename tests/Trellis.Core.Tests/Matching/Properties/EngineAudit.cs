using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>Gives an engine commands and checks after each what must hold whatever happens.</summary>
internal sealed class EngineAudit
{
    /// <summary>After so many commands everything is checked, not only what the last one touched.</summary>
    private const int FullAudit = 16;

    private readonly OrderAudit orders = new();
    private readonly PriorityAudit priority = new();
    private readonly MoneyAudit money;
    private readonly LevelAudit levels;
    private readonly MarginAudit margin;
    private long steps;
    private long time;

    public EngineAudit(MatchingEngine engine, IReadOnlyList<MatchingCommand> opening)
    {
        Engine = engine;
        money = new MoneyAudit(engine);
        levels = new LevelAudit(engine);
        margin = new MarginAudit(engine);
        foreach (var command in opening)
        {
            Step(command);
        }
    }

    public MatchingEngine Engine { get; }

    /// <summary>Throws where a property is broken.</summary>
    public void Step(MatchingCommand command)
    {
        Engine.Events.Clear();
        Engine.LevelChanges.Clear();
        var outcome = Engine.Apply(command);
        if (outcome.Refusal is not null && Engine.Events.Count > 0)
        {
            // Time that passes first may end orders; nothing else may come of a refused command.
            Engine.Events.ShouldAllBe(each => each is OrderChanged || each is ConditionalChanged || each is AccountChanged, $"{outcome.Refusal}");
        }

        foreach (var each in Engine.Events)
        {
            each.Time.ShouldBeGreaterThanOrEqualTo(time, "events go back in time");
            time = each.Time;
            priority.See(each);
            orders.See(each);
            money.See(each);
            margin.See(each);
        }

        money.CheckTold();
        levels.Check();
        margin.Check(Engine.Events);
        if (++steps % FullAudit == 0)
        {
            Everything();
        }
    }

    public void Everything()
    {
        money.Check();
        levels.CheckBooks();
        orders.CheckOpen(Engine);
    }
}
