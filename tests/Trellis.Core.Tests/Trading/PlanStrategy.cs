using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Core.Tests.Trading;

/// <summary>A strategy that a test writes: what it does when it is asked.</summary>
internal sealed class PlanStrategy(int slots, Action<DecisionContext> decide) : IStrategy
{
    public int Asked { get; private set; }

    public List<OwnFill> Fills { get; } = [];

    public Func<CandleSeries, LaneColumns?> Columns { get; init; } = _ => null;

    public int SlotCount(int lane) => slots;

    public LaneColumns? Prepare(int lane, CandleSeries candles, InstrumentUnits units) => Columns(candles);

    public void Decide(DecisionContext context)
    {
        Asked++;
        Fills.AddRange(context.Fills.ToArray());
        decide(context);
    }

    public string SlotName(int lane, int slot, int cycle) => $"slot-{slot}";

    public StrategyReport Report() => StrategyReport.Empty;
}
