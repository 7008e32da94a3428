using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Research.Tests.Results;

/// <summary>States its orders once, at the first close: slot n gets the n-th order.</summary>
internal sealed class ScriptedStrategy(StrategyReport report, params PlannedOrder[] orders) : IStrategy
{
    private bool stated;

    public int SlotCount(int lane) => orders.Length;

    public string SlotName(int lane, int slot, int cycle) => $"s{slot}";

    public StrategyReport Report() => report;

    public void Decide(DecisionContext context)
    {
        for (var slot = 0; !stated && slot < orders.Length; slot++)
        {
            context.Lanes[0].Plan.Set(slot, orders[slot]);
        }

        stated = true;
    }

    /// <summary>A report of one pair that earned this much.</summary>
    public static StrategyReport OnePair(decimal matched) => new()
    {
        Matched = Money.FromDecimal(matched),
        Pairs = 1,
        Notes = [new("window", "lines 0 to 4")],
    };
}
