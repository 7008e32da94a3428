using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Grid;

/// <summary>Where the window should stand at a close: re-centred, trailing up or down, by whole cells and within limits.</summary>
internal sealed class GridShift(GridOptions options, GridLines lines, GridLadder ladder, InstrumentUnits units)
{
    private readonly int cells = lines.Cells;
    private readonly int upperLimit = options.TrailingUpLimit is { } up ? units.AtOrBelow(up) : int.MaxValue;
    private readonly int lowerLimit = options.TrailingDownLimit is { } down ? units.AtOrAbove(down) : 0;

    /// <summary>Whether anything lets the window leave where it started.</summary>
    public bool Moves { get; } = options.TrailingUp || options.TrailingDown || options.RebalanceThreshold is not null;

    /// <summary>The number of the lowest line that the window should have.</summary>
    public int Target(int bottom, int close)
    {
        if (options.RebalanceThreshold is not null && (close >= CentreAbove(bottom) || close <= CentreBelow(bottom)))
        {
            return Towards(bottom, Containing(bottom, close) - (cells / 2));
        }

        if (options.TrailingUp && CanStand(bottom + 1, up: true) && close >= lines[bottom + cells + 1])
        {
            var target = bottom + 1;
            while (CanStand(target + 1, up: true) && close >= lines[target + cells + 1])
            {
                target++;
            }

            return target;
        }

        if (options.TrailingDown && CanStand(bottom - 1, up: false) && close <= lines[bottom - 1])
        {
            var target = bottom - 1;
            while (CanStand(target - 1, up: false) && close <= lines[target - 1])
            {
                target--;
            }

            return target;
        }

        return bottom;
    }

    public void PlanWakes(int bottom, OrderPlan plan)
    {
        var canRise = CanStand(bottom + 1, up: true);
        var canFall = CanStand(bottom - 1, up: false);
        if (options.RebalanceThreshold is not null)
        {
            // A close moves the window only once it also lies in another cell than the middle one.
            if (canRise)
            {
                plan.WakeWhenAtOrAbove(Math.Max(CentreAbove(bottom), lines[bottom + (cells / 2) + 1]));
            }

            if (canFall)
            {
                plan.WakeWhenAtOrBelow(Math.Min(CentreBelow(bottom), lines[bottom + (cells / 2)] - 1));
            }
        }

        if (options.TrailingUp && canRise)
        {
            plan.WakeWhenAtOrAbove(lines[bottom + cells + 1]);
        }

        if (options.TrailingDown && canFall)
        {
            plan.WakeWhenAtOrBelow(lines[bottom - 1]);
        }
    }

    /// <summary>The first close at or above the middle by the threshold.</summary>
    private int CentreAbove(int bottom) => (int)decimal.Min(int.MaxValue - 1, decimal.Ceiling(Middle(bottom) * (1m + Threshold)));

    private int CentreBelow(int bottom) => (int)decimal.Floor(Middle(bottom) * (1m - Threshold));

    private decimal Threshold => options.RebalanceThreshold.GetValueOrDefault() / 100m;

    /// <summary>Half way between the lowest and the highest line, in price units.</summary>
    private decimal Middle(int bottom) => ((decimal)lines[bottom] + lines[bottom + cells]) / 2m;

    /// <summary>As far from the present place towards a target as every step on the way is allowed.</summary>
    private int Towards(int bottom, int target)
    {
        var direction = Math.Sign(target - bottom);
        while (bottom != target && CanStand(bottom + direction, direction > 0))
        {
            bottom += direction;
        }

        return bottom;
    }

    /// <summary>The number of the line at or below a close whose next line is above it.</summary>
    private int Containing(int bottom, int close)
    {
        var line = bottom + (cells / 2);
        while (lines.Exists(line + 1) && lines[line + 1] <= close)
        {
            line++;
        }

        while (lines.Exists(line - 1) && lines[line] > close)
        {
            line--;
        }

        return line;
    }

    /// <summary>Whether the window may stand one cell further: within the limits, on lines of their own, above the exchange's minimums.</summary>
    private bool CanStand(int bottom, bool up)
    {
        var added = up ? bottom + cells - 1 : bottom;
        var edge = up ? added + 1 : added;
        if (!lines.Exists(edge) || lines[added] >= lines[added + 1])
        {
            return false;
        }

        return (up ? lines[edge] <= upperLimit : lines[edge] >= lowerLimit) && ladder.MeetsMinimums(added);
    }
}
