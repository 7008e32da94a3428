using Trellis.Core.Strategies;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>The prices of a bot that a chart should show, as they stood at the end.</summary>
internal static class BotLevels
{
    /// <summary>Those that the strategy names; else the average of its positions and the prices of its standing orders.</summary>
    public static IReadOnlyList<StrategyLevel> Of(int bot, IReadOnlyList<ResultLane> lanes, RunOutcome outcome)
    {
        if (outcome.Reports[bot].Levels is { Count: > 0 } named)
        {
            return named;
        }

        var levels = new List<StrategyLevel>();
        foreach (var position in outcome.Positions.Where(position => lanes[position.Lane].Bot == bot))
        {
            var lane = lanes[position.Lane];
            var size = lane.Units.ToQuantity(Math.Abs(position.Size)) * lane.Units.Instrument.ContractMultiplier;
            levels.Add(new StrategyLevel(LevelKind.Entry, decimal.Round(position.Cost.ToDecimal() / size, lane.Units.PriceDecimals + 2), lane.LaneOfBot));
        }

        foreach (var standing in outcome.Standing.Where(standing => lanes[standing.Lane].Bot == bot && standing.Order.Price > 0))
        {
            var lane = lanes[standing.Lane];
            var name = lane.Strategy.SlotName(lane.LaneOfBot, standing.Slot, standing.Cycle);
            levels.Add(new StrategyLevel(KindOf(name), lane.Units.ToPrice(standing.Order.Price), lane.LaneOfBot));
        }

        return levels;
    }

    private static LevelKind KindOf(string slot) =>
        slot.Contains("stop-loss", StringComparison.Ordinal) ? LevelKind.StopLoss
        : slot.Contains("take-profit", StringComparison.Ordinal) ? LevelKind.TakeProfit
        : LevelKind.Line;
}
