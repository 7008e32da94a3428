using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Grid;

/// <summary>
/// The lines of a grid, numbered without end in both directions: line 0 is the lowest line of the first window.
/// Each lies on the tick nearest to its exact place (halves upward). A geometric line is lower × ratio^j, computed in
/// decimal with at least 20 correct digits, so that every machine finds the same tick.
/// </summary>
public sealed class GridLines
{
    private readonly InstrumentUnits units;
    private readonly InstrumentRules rules;
    private readonly decimal origin;
    private readonly decimal step;
    private readonly decimal ratio;
    private readonly int originIndex;
    private readonly Dictionary<int, int> known = [];

    private GridLines(InstrumentUnits units, InstrumentRules rules, int cells, decimal origin, int originIndex, decimal step, decimal ratio)
    {
        this.units = units;
        this.rules = rules;
        this.origin = origin;
        this.originIndex = originIndex;
        this.step = step;
        this.ratio = ratio;
        Cells = cells;
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
    /// <exception cref="ConfigurationException">The line lies outside the range of prices.</exception>
    public int this[int index]
    {
        get
        {
            if (!known.TryGetValue(index, out var price))
            {
                price = units.NearestTick(Exact(index), rules);
                known.Add(index, price);
            }

            return price;
        }
    }

    /// <summary>Whether the line exists: above 0, within the range of prices.</summary>
    public bool Exists(int index)
    {
        var distance = index - originIndex;
        if (step == 0 && Math.Abs(distance * Math.Log((double)ratio)) > 40)
        {
            return false;
        }

        var exact = Exact(index);
        return exact >= rules.TickSize && exact < units.ToPrice(int.MaxValue / 2);
    }

    private decimal Exact(int index)
    {
        var distance = index - originIndex;
        if (step != 0)
        {
            return origin + (step * distance);
        }

        var power = Power(ratio, Math.Abs(distance));
        return distance < 0 ? origin / power : origin * power;
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
        for (var i = 0; i < 4; i++)
        {
            var power = Power(root, n - 1);
            root -= ((power * root) - value) / (n * power);
        }

        return root;
    }
}
