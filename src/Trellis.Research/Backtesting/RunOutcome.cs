using Trellis.Core.Numerics;
using Trellis.Core.Strategies;

namespace Trellis.Research.Backtesting;

/// <summary>The deepest fall of equity, at closes (docs/backtest.md, section 9).</summary>
/// <param name="Share">0.25 is 25 % below the peak.</param>
/// <param name="PeakCandle">First candle whose close reached the peak; −1 for the start balance.</param>
/// <param name="TroughCandle">First candle whose close was this far below; −1 where equity never fell.</param>
public readonly record struct Drawdown(double Share, int PeakCandle, int TroughCandle, Money Peak, Money Trough);

/// <summary>A position at the end of a run.</summary>
/// <param name="Size">Signed, in quantity units.</param>
/// <param name="Cost">Total cost, at least 0.</param>
/// <param name="Unrealized">At the last close.</param>
public readonly record struct OpenPosition(int Lane, long Size, Money Cost, Money Unrealized);

/// <summary>Wallet and positions at the end of a run.</summary>
/// <param name="Wallet">Start balance + realized + fees + funding.</param>
public sealed record ClosingBooks(Money Wallet, IReadOnlyList<OpenPosition> Positions);

/// <summary>What a run leaves behind; equal for equal setups, whatever executor ran it.</summary>
public sealed record RunOutcome
{
    public required RunRange Range { get; init; }

    /// <summary>Fills and funding payments in order.</summary>
    public required IReadOnlyList<RunEntry> Entries { get; init; }

    public required Money StartBalance { get; init; }

    /// <summary>Told from the entries when it is first asked for.</summary>
    public required Lazy<ClosingBooks> Closing { get; init; }

    public Money Wallet => Closing.Value.Wallet;

    /// <summary>Wallet + unrealized at the last close.</summary>
    public required Money Equity { get; init; }

    public required Drawdown MaxDrawdown { get; init; }

    /// <summary>Fills that the wallet could not carry (each candle's try counts).</summary>
    public required long Refusals { get; init; }

    /// <summary>The candle of the liquidation; null where there was none.</summary>
    public int? LiquidatedAt { get; init; }

    public IReadOnlyList<OpenPosition> Positions => Closing.Value.Positions;

    /// <summary>The orders that stood at the end, by lane and slot; none behind a liquidation.</summary>
    public required IReadOnlyList<StandingOrder> Standing { get; init; }

    /// <summary>One per bot.</summary>
    public required IReadOnlyList<StrategyReport> Reports { get; init; }

    /// <summary>One per bot, as the run left them: they name the slots of the entries.</summary>
    public required IReadOnlyList<IStrategy> Strategies { get; init; }
}
