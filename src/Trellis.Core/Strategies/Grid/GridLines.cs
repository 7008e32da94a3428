using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Grid;

/// <summary>
/// The lines of a grid, numbered without end in both directions: line 0 is the lowest line of the first window.
/// Each lies on the tick nearest to its exact place (halves upward). A geometric line is lower × ratio^j, computed in
/// decimal with at least 20 correct digits, so that every machine finds the same tick.
/// </summary>
public sealed class GridLines
{
    /// <summary>Lines beyond this are not asked for: the highest price that units hold, less room to spare.</summary>
    private const int HighestPrice = int.MaxValue / 2;

    /// <summary>A line's place is rounded to this many decimals before the nearest tick is taken; half a tick has fewer.</summary>
    private const int PlaceDecimals = 15;

    private readonly decimal tick;
    private readonly decimal ticksPerPrice;
    private readonly int unitsPerTick;
    private readonly decimal origin;
    private readonly decimal step;
    private readonly decimal ratio;
    private readonly double roughOrigin;
    private readonly double roughStep;
    private readonly double roughRatio;
    private readonly double roughTick;
    private readonly int originIndex;
    private readonly Branch above;
    private readonly Branch below;

    private GridLines(InstrumentUnits units, InstrumentRules rules, int cells, decimal origin, int originIndex, decimal step, decimal ratio)
    {
        this.originIndex = originIndex;
        this.step = step;
        this.ratio = ratio;
        tick = rules.TickSize;
        unitsPerTick = units.TickOf(rules);
        ticksPerPrice = 1m / tick;

        // A third times three is 1 again once rounded: only a reciprocal that ends is exact.
        if (decimal.Round(ticksPerPrice, PlaceDecimals) != ticksPerPrice)
        {
            ticksPerPrice = 0m;
        }

        Cells = cells;
        this.origin = origin;
        roughOrigin = (double)origin;
        roughStep = (double)step;
        roughRatio = (double)ratio;
        roughTick = (double)tick;
        above = new Branch(Place(origin));
        below = new Branch(Place(origin));
    }

    /// <summary>Cells of a window: n cells have n + 1 lines.</summary>
    public int Cells { get; }

    /// <param name="options">Bounded, or spaced around the start price.</param>
    /// <param name="units">Of the instrument.</param>
    /// <param name="rules">In force at the start; lines lie on their tick.</param>
    /// <param name="startPrice">Only used by a grid that is spaced around it.</param>
    public static GridLines Create(GridOptions options, InstrumentUnits units, InstrumentRules rules, decimal startPrice)
    {
        var arithmetic = options.Spacing == GridSpacing.Arithmetic;
        if (options is { Lower: { } lower, Upper: { } upper, Grids: { } grids })
        {
            return arithmetic
                ? new GridLines(units, rules, grids, lower, 0, (upper - lower) / grids, 1m)
                : new GridLines(units, rules, grids, lower, 0, 0m, Root(upper / lower, grids));
        }

        var spacing = options.SpacingPercent.GetValueOrDefault() / 100m;
        var levels = options.Levels.GetValueOrDefault();
        return new GridLines(units, rules, 2 * levels, startPrice, levels, arithmetic ? startPrice * spacing : 0m, arithmetic ? 1m : 1m + spacing);
    }

    /// <summary>A line in price units.</summary>
    /// <exception cref="ConfigurationException">The line does not exist.</exception>
    public int this[int index] => Exists(index)
        ? BranchOf(index).Prices[Math.Abs(index - originIndex)]
        : throw new ConfigurationException($"line {index} of the grid would lie below one tick ({tick}) or beyond the largest price");

    /// <summary>Whether the line exists: at least one tick, within the range of prices.</summary>
    public bool Exists(int index)
    {
        var branch = BranchOf(index);
        var distance = Math.Abs(index - originIndex);
        while (branch.Prices.Count <= distance && !branch.HasEnded)
        {
            Grow(branch, index < originIndex ? -1 : 1);
        }

        return distance < branch.Prices.Count;
    }

    private Branch BranchOf(int index) => index < originIndex ? below : above;

    private void Grow(Branch branch, int direction)
    {
        var price = NearestTick(direction * branch.Prices.Count);
        if (price is <= 0 or >= HighestPrice)
        {
            branch.HasEnded = true;
            return;
        }

        branch.Prices.Add(price);
    }

    /// <summary>
    /// A double finds the tick where the place is clearly nearer to one than to the next; its error, below 10^-13 of the price,
    /// is far from deciding then. The decimal decides the rest.
    /// </summary>
    private int NearestTick(int distance)
    {
        var ticks = (step != 0 || ratio == 1m ? roughOrigin + (roughStep * distance) : roughOrigin * Math.Pow(roughRatio, distance)) / roughTick;
        var whole = Math.Floor(ticks);
        var isClear = ticks is > 2 and < 1e9 && Math.Abs(ticks - whole - 0.5) > 1e-3;
        return isClear
            ? (int)Math.Min(HighestPrice, (ticks - whole > 0.5 ? whole + 1 : whole) * unitsPerTick)
            : Place(Exact(distance));
    }

    private decimal Exact(int distance)
    {
        if (step != 0 || ratio == 1m)
        {
            return origin + (step * distance);
        }

        var power = Power(ratio, Math.Abs(distance));
        return distance < 0 ? origin / power : origin * power;
    }

    /// <summary>The nearest tick in price units; 0 where there is none.</summary>
    private int Place(decimal exact)
    {
        if (exact < tick)
        {
            return 0;
        }

        // A quotient such as 5 ÷ 6 ends at the 28th digit: without this, three of them would fall short of 2.5.
        exact = decimal.Round(exact, PlaceDecimals);
        var ticks = decimal.Floor((ticksPerPrice == 0m ? exact / tick : exact * ticksPerPrice) + 0.5m);
        return ticks * unitsPerTick >= HighestPrice ? 0 : (int)ticks * unitsPerTick;
    }

    private static decimal Power(decimal value, int exponent)
    {
        var result = 1m;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) == 1)
            {
                result *= value;
            }

            if (exponent > 1)
            {
                value *= value;
            }
        }

        return result;
    }

    /// <summary>The n-th root by Newton's method; the double only says where to begin.</summary>
    private static decimal Root(decimal value, int n)
    {
        var root = (decimal)Math.Pow((double)value, 1.0 / n);
        for (var i = 0; i < 2; i++)
        {
            var power = Power(root, n - 1);
            root -= ((power * root) - value) / (n * power);
        }

        return root;
    }

    /// <summary>Lines in one direction from the origin, as far as they have been asked for.</summary>
    private sealed class Branch(int price)
    {
        public List<int> Prices { get; } = price > 0 ? [price] : [];

        public bool HasEnded { get; set; } = price <= 0;
    }
}
