using Trellis.Core.Options;

namespace Trellis.Core.Strategies.Grid;

public enum GridDirection
{
    /// <summary>Buys below, sells what it bought one line higher.</summary>
    Long,

    /// <summary>Sells short above, buys back one line lower.</summary>
    Short,

    /// <summary>Long below the start price, short above it.</summary>
    Neutral,
}

public enum GridSpacing
{
    /// <summary>Lines are equally far apart in price.</summary>
    Arithmetic,

    /// <summary>Lines are equally far apart in percent.</summary>
    Geometric,
}

public enum GridSizing
{
    /// <summary>Every cell trades the same quantity.</summary>
    EqualQuantity,

    /// <summary>Every cell trades the same amount of quote currency.</summary>
    EqualQuote,

    /// <summary>Equal quantity; the investment is a share of the wallet at the start.</summary>
    PercentOfBalance,
}

public enum InventoryOnStop
{
    /// <summary>The position is closed at market.</summary>
    Sell,

    /// <summary>The position is left as it is.</summary>
    Keep,
}

/// <summary>The settings of a grid bot; docs/strategies/grid.md says what each one does, to the tick.</summary>
[Meaning("A grid bot: buys at each line, sells one line higher (or the reverse for a short grid).")]
public sealed record GridOptions
{
    [Meaning("Which side the grid takes: long, short, or neutral (both; perpetuals only).", Example = "long")]
    public GridDirection Direction { get; init; } = GridDirection.Long;

    [Meaning("Lowest line of a bounded grid, in quote currency. Goes with upper and grids.", Example = "50000")]
    [Bounds(Above = "0")]
    public decimal? Lower { get; init; }

    [Meaning("Highest line of a bounded grid, in quote currency.", Example = "70000")]
    [Bounds(Above = "0")]
    public decimal? Upper { get; init; }

    [Meaning("Number of cells between lower and upper; a grid of n cells has n + 1 lines.", Example = "40")]
    [Bounds(AtLeast = "1", AtMost = "1000")]
    public int? Grids { get; init; }

    [Meaning("Distance of neighbouring lines in percent, for a grid around the start price. Goes with levels.", Example = "0.5")]
    [Bounds(Above = "0", AtMost = "50")]
    public decimal? SpacingPercent { get; init; }

    [Meaning("Number of cells on each side of the start price. Goes with spacing_percent.", Example = "20")]
    [Bounds(AtLeast = "1", AtMost = "500")]
    public int? Levels { get; init; }

    [Meaning("arithmetic: lines equally far apart in price; geometric: in percent.", Example = "geometric")]
    public GridSpacing Spacing { get; init; } = GridSpacing.Arithmetic;

    [Meaning("How the investment is spread: equal_quantity, equal_quote, or percent_of_balance (equal quantity, investment is a percentage of the wallet).", Example = "equal_quantity")]
    public GridSizing Sizing { get; init; } = GridSizing.EqualQuantity;

    [Meaning("Own money of this grid in quote currency; with percent_of_balance, percent of the wallet at the start.", Example = "5000")]
    [Bounds(Above = "0")]
    public required decimal Investment { get; init; }

    [Meaning("Notional of the whole ladder as a multiple of the investment; 1 on spot.", Example = "1")]
    [Bounds(AtLeast = "1", AtMost = "125")]
    public decimal Leverage { get; init; } = 1m;

    [Meaning("Buy (short: sell) at market at the start what the cells beyond the price should hold. Default: true for long and short, false for neutral.", Example = "true")]
    public bool? InitialPurchase { get; init; }

    [Meaning("The grid starts at the first close that has reached this price, coming from the first close.", Example = "60000")]
    [Bounds(Above = "0")]
    public decimal? StartPrice { get; init; }

    [Meaning("Ends the grid on the losing side: a price, or a loss in percent of the investment such as \"15%\".", Example = "45000")]
    public PriceOrPercent? StopLoss { get; init; }

    [Meaning("Ends the grid on the winning side: a price, or a profit in percent of the investment such as \"20%\".", Example = "80000")]
    public PriceOrPercent? TakeProfit { get; init; }

    [Meaning("Shift the window up by whole cells when a close lies a cell or more above it.", Example = "false")]
    public bool TrailingUp { get; init; }

    [Meaning("Highest line that trailing up or a re-centre may reach.", Example = "90000")]
    [Bounds(Above = "0")]
    public decimal? TrailingUpLimit { get; init; }

    [Meaning("Shift the window down by whole cells when a close lies a cell or more below it.", Example = "false")]
    public bool TrailingDown { get; init; }

    [Meaning("Lowest line that trailing down or a re-centre may reach.", Example = "40000")]
    [Bounds(Above = "0")]
    public decimal? TrailingDownLimit { get; init; }

    [Meaning("Re-centre the window by whole cells when a close is this many percent away from its middle.", Example = "10")]
    [Bounds(Above = "0", AtMost = "100")]
    public decimal? RebalanceThreshold { get; init; }

    [Meaning("What a stop or take profit does with the position: sell or keep.", Example = "sell")]
    public InventoryOnStop OnStop { get; init; } = InventoryOnStop.Sell;

    [Meaning("Orders only ever add liquidity; one that would take waits until the price is on its own side again.", Example = "true")]
    public bool PostOnly { get; init; } = true;
}
