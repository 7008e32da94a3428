using Trellis.Core.Markets;
using Trellis.Core.Strategies;

namespace Trellis.Research.Tests.Backtesting;

/// <summary>Wishes for the same at every asking, and notes the candles at which it was asked.</summary>
internal sealed class Wisher(Action<DecisionContext> wish, List<int> asked) : IStrategy
{
    public int SlotCount(int lane) => 1;

    /// <summary>A wake column that flags candles 5 and 8.</summary>
    public LaneColumns Prepare(int lane, CandleSeries candles, InstrumentUnits units)
    {
        var flags = new byte[candles.Count];
        flags[5] = flags[8] = 1;
        return new LaneColumns { Wakes = [flags] };
    }

    public void Decide(DecisionContext context)
    {
        asked.Add(context.Lane.Candle);
        wish(context);
    }

    public string SlotName(int lane, int slot, int cycle) => "none";

    public StrategyReport Report() => StrategyReport.Empty;
}
