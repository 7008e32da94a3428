namespace Trellis.Core.Strategies;

/// <summary>
/// When a strategy begins: at its first close, or at the first close that has reached the start price, coming from the side that the first close lies on.
/// </summary>
/// <param name="price">Null to begin at once.</param>
internal sealed class StartTrigger(decimal? price)
{
    private bool? fromAbove;

    /// <summary>Whether the strategy begins at this close; where it does not, the plan is told when to ask again.</summary>
    public bool IsMet(StrategyLane lane)
    {
        if (price is not { } trigger)
        {
            return true;
        }

        fromAbove ??= lane.Close > lane.Units.AtOrBelow(trigger);
        var met = fromAbove.Value ? lane.Units.AtOrBelow(trigger) : lane.Units.AtOrAbove(trigger);
        if (fromAbove.Value ? lane.Close <= met : lane.Close >= met)
        {
            return true;
        }

        if (fromAbove.Value)
        {
            lane.Plan.WakeWhenAtOrBelow(met);
        }
        else
        {
            lane.Plan.WakeWhenAtOrAbove(met);
        }

        return false;
    }
}
