using Trellis.Core.Options;

namespace Trellis.Core.Strategies.Dca;

public enum DcaDirection
{
    /// <summary>Buys, buys more below, sells above the average.</summary>
    Long,

    /// <summary>Sells short, sells more above, buys back below the average.</summary>
    Short,
}

public enum DcaSizing
{
    /// <summary>Sizes are amounts of quote currency.</summary>
    Fixed,

    /// <summary>Sizes are percentages of the wallet at the start of each deal.</summary>
    PercentOfBalance,
}

public enum DcaBaseOrder
{
    /// <summary>Fills at the next open.</summary>
    Market,

    /// <summary>Rests at the close, or the offset away from it.</summary>
    Limit,
}

public enum DeviationMode
{
    /// <summary>Steps add up: safety order n lies the sum of the steps 0 to n away from the base order.</summary>
    Cumulative,

    /// <summary>Each safety order lies deviation × step_scale^n away from the base order.</summary>
    FromEntry,
}

public enum StopLossFrom
{
    /// <summary>The fill price of the base order; the stop stays where it is for the whole deal.</summary>
    Base,

    /// <summary>The average price; the stop moves with each safety order.</summary>
    Average,
}

public enum AfterStopLoss
{
    /// <summary>The next deal begins, after the cooldown.</summary>
    Continue,

    /// <summary>The bot ends.</summary>
    Stop,
}

/// <summary>The settings of a DCA bot; docs/strategies/dca.md says what each one does, to the tick.</summary>
[Meaning("A DCA bot: a base order, safety orders that improve the average, a take profit on it (or the reverse for short).")]
public sealed record DcaOptions
{
    [Meaning("Which side the deals take: long, or short (perpetuals only).", Example = "long")]
    public DcaDirection Direction { get; init; } = DcaDirection.Long;

    [Meaning("What the sizes of orders are: fixed (quote currency) or percent_of_balance (percent of the wallet at the start of each deal).", Example = "fixed")]
    public DcaSizing Sizing { get; init; } = DcaSizing.Fixed;

    [Meaning("Notional of the base order: price × quantity, whatever the leverage.", Example = "500")]
    [Bounds(Above = "0")]
    public required decimal BaseOrderSize { get; init; }

    [Meaning("How a deal is entered: market, or limit at the close.", Example = "market")]
    public DcaBaseOrder BaseOrder { get; init; } = DcaBaseOrder.Market;

    [Meaning("How far from the close a limit base order rests, in percent.", Example = "0.1")]
    [Bounds(AtLeast = "0", Below = "100")]
    public decimal BaseOrderOffsetPercent { get; init; }

    [Meaning("Seconds after which a limit base order that has not filled is placed anew at the close. Default: it stays.", Example = "3600")]
    [Bounds(AtLeast = "1", AtMost = "31536000")]
    public int? BaseOrderTimeoutSeconds { get; init; }

    [Meaning("Notional of the first safety order.", Example = "500")]
    [Bounds(Above = "0")]
    public decimal? SafetyOrderSize { get; init; }

    [Meaning("How many safety orders a deal may use; 0 for none.", Example = "6")]
    [Bounds(AtLeast = "0", AtMost = "100")]
    public required int MaxSafetyOrders { get; init; }

    [Meaning("How many safety orders rest at once. Default: all of them.", Example = "2")]
    [Bounds(AtLeast = "1", AtMost = "100")]
    public int? MaxActiveSafetyOrders { get; init; }

    [Meaning("Distance of the first safety order from the base order's fill price, in percent.", Example = "1.5")]
    [Bounds(Above = "0", Below = "100")]
    public decimal? DeviationPercent { get; init; }

    [Meaning("cumulative: each step is added to the ones before; from_entry: each distance is from the base order's fill price.", Example = "cumulative")]
    public DeviationMode DeviationMode { get; init; } = DeviationMode.Cumulative;

    [Meaning("Each step is this many times the one before.", Example = "1.2")]
    [Bounds(AtLeast = "0.1", AtMost = "10")]
    public decimal StepScale { get; init; } = 1m;

    [Meaning("Each safety order is this many times as large as the one before.", Example = "1.5")]
    [Bounds(AtLeast = "0.1", AtMost = "10")]
    public decimal VolumeScale { get; init; } = 1m;

    [Meaning("Profit at which a deal is closed, in percent of what the position cost.", Example = "1.5")]
    [Bounds(Above = "0", AtMost = "1000")]
    public required decimal TakeProfitPercent { get; init; }

    [Meaning("The take profit is what is left after the fees of entries and exit.", Example = "true")]
    public bool IncludeFees { get; init; } = true;

    [Meaning("Trailing take profit: from the take-profit price on, close the deal when a close falls this many percent behind the best close.", Example = "0.5")]
    [Bounds(Above = "0", Below = "100")]
    public decimal? TrailingPercent { get; init; }

    [Meaning("Closes a deal on the losing side: a price, or a distance in percent such as \"12%\".", Example = "12%")]
    public PriceOrPercent? StopLoss { get; init; }

    [Meaning("What a stop_loss in percent is measured from: base (the base order's fill price) or average (of the position).", Example = "base")]
    public StopLossFrom StopLossFrom { get; init; } = StopLossFrom.Base;

    [Meaning("What follows a stop loss: continue with the next deal, or stop.", Example = "continue")]
    public AfterStopLoss AfterStopLoss { get; init; } = AfterStopLoss.Continue;

    [Meaning("Seconds between the closing fill of a deal and the start of the next.", Example = "300")]
    [Bounds(AtLeast = "0", AtMost = "31536000")]
    public int CooldownSeconds { get; init; }

    [Meaning("The bot ends after this many deals. Default: never.", Example = "100")]
    [Bounds(AtLeast = "1", AtMost = "1000000")]
    public int? MaxDeals { get; init; }

    [Meaning("The first deal starts at the first close that has reached this price, coming from the first close.", Example = "58000")]
    [Bounds(Above = "0")]
    public decimal? StartPrice { get; init; }

    [Meaning("Margin leverage; the sizes of orders stay what they are. 1 on spot.", Example = "1")]
    [Bounds(AtLeast = "1", AtMost = "125")]
    public decimal Leverage { get; init; } = 1m;

    [Meaning("Limit orders only ever add liquidity; one that would take waits until the price is on its own side again.", Example = "false")]
    public bool PostOnly { get; init; }
}
