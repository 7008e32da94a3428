using Trellis.Core.Markets;
using Trellis.Core.Options;

namespace Trellis.Core.Strategies.Signals;

public enum SignalDirection
{
    /// <summary>Only long positions.</summary>
    Long,

    /// <summary>Only short positions.</summary>
    Short,

    /// <summary>Long and short positions, one at a time.</summary>
    Both,
}

public enum SignalSizing
{
    /// <summary>An amount of own money in quote currency.</summary>
    Fixed,

    /// <summary>A share of the bot's equity.</summary>
    PercentOfEquity,

    /// <summary>As much as loses a share of the bot's equity at the stop.</summary>
    RiskPerTrade,
}

public enum OppositeSignal
{
    /// <summary>Closes the position and opens one on the other side, where the direction allows that.</summary>
    Reverse,

    /// <summary>Closes the position.</summary>
    Close,

    /// <summary>Changes nothing.</summary>
    Ignore,
}

/// <summary>The settings of a signal bot; docs/strategies/signals.md says what each one does.</summary>
[Meaning("A signal bot: at the close of a candle a signal says long or short; the bot enters with a take profit and a stop loss.")]
public sealed record SignalOptions
{
    [Meaning("Which signal decides: sma-cross, rsi, breakout.", Example = "sma-cross")]
    [Pattern("^[a-z][a-z0-9-]{0,31}$", "a name of up to 32 lower-case letters, digits and hyphens, such as sma-cross")]
    public required string Name { get; init; }

    [Meaning("The numbers that the signal is made with; docs/strategies/signals.md has those of each signal.", Example = "{ fast: 50, slow: 200 }")]
    public NamedNumbers Parameters { get; init; } = NamedNumbers.None;

    [Meaning("Length of the bars that the signal (and the ATR) looks at; a whole multiple of backtest.interval. Default: that interval.", Example = "1h")]
    public Interval? Timeframe { get; init; }

    [Meaning("Which positions the bot takes: long, short, or both (short and both: perpetuals only).", Example = "long")]
    public SignalDirection Direction { get; init; } = SignalDirection.Long;

    [Meaning("What size means: fixed (quote currency), percent_of_equity, or risk_per_trade (percent of equity lost at the stop).", Example = "fixed")]
    public SignalSizing Sizing { get; init; } = SignalSizing.Fixed;

    [Meaning("Own money of a position in quote currency; with percent_of_equity and risk_per_trade a percentage.", Example = "1000")]
    [Bounds(Above = "0")]
    public required decimal Size { get; init; }

    [Meaning("Notional of a position as a multiple of its own money, and the most that risk_per_trade may use; 1 on spot.", Example = "1")]
    [Bounds(AtLeast = "1", AtMost = "125")]
    public decimal Leverage { get; init; } = 1m;

    [Meaning("Distance of the stop loss from the entry price in percent.", Example = "2")]
    [Bounds(Above = "0", Below = "100")]
    public decimal? StopLossPercent { get; init; }

    [Meaning("Instead: distance of the stop loss as a multiple of the average true range.", Example = "2")]
    [Bounds(Above = "0", AtMost = "1000")]
    public decimal? StopLossAtr { get; init; }

    [Meaning("Distance of the take profit from the entry price in percent.", Example = "4")]
    [Bounds(Above = "0", AtMost = "1000")]
    public decimal? TakeProfitPercent { get; init; }

    [Meaning("Instead: distance of the take profit as a multiple of the average true range.", Example = "4")]
    [Bounds(Above = "0", AtMost = "1000")]
    public decimal? TakeProfitAtr { get; init; }

    [Meaning("Instead: distance of the take profit as a multiple of the stop's distance (R).", Example = "2")]
    [Bounds(Above = "0", AtMost = "1000")]
    public decimal? TakeProfitR { get; init; }

    [Meaning("Bars of the average true range.", Example = "14")]
    [Bounds(AtLeast = "1", AtMost = "10000")]
    public int AtrPeriod { get; init; } = 14;

    [Meaning("What a signal against the open position does: reverse, close or ignore.", Example = "reverse")]
    public OppositeSignal OnOpposite { get; init; } = OppositeSignal.Reverse;

    [Meaning("Close the position this many bars after its signal.", Example = "48")]
    [Bounds(AtLeast = "1", AtMost = "100000")]
    public int? MaxBars { get; init; }

    [Meaning("After a position has closed, take no signal for this many bars.", Example = "0")]
    [Bounds(AtLeast = "0", AtMost = "100000")]
    public int CooldownBars { get; init; }

    /// <summary>Whether a stop or target is measured in average true ranges.</summary>
    internal bool NeedsAtr => StopLossAtr is not null || TakeProfitAtr is not null;

    internal bool HasStop => StopLossPercent is not null || StopLossAtr is not null;

    internal bool Allows(int direction) => Direction == SignalDirection.Both || (direction > 0) == (Direction == SignalDirection.Long);
}
