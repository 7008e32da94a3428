using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Accounts;

/// <summary>How a perpetual position is margined. Only cross margin is carried out.</summary>
public enum MarginMode : byte
{
    Cross,
    Isolated,
}

/// <summary>A margin account at one instant, marked at mark prices; every amount is in the quote currency of the exchange.</summary>
public sealed record AccountSummary
{
    public required AccountId Account { get; init; }

    public bool HedgeMode { get; init; }

    /// <summary>Deposits + realized + fees + funding.</summary>
    public decimal WalletBalance { get; init; }

    public decimal UnrealizedProfit { get; init; }

    /// <summary>Wallet balance + unrealized profit.</summary>
    public decimal MarginBalance { get; init; }

    /// <summary>Position + open order initial margin.</summary>
    public decimal InitialMargin { get; init; }

    public decimal PositionInitialMargin { get; init; }

    public decimal OpenOrderInitialMargin { get; init; }

    public decimal MaintenanceMargin { get; init; }

    /// <summary>What new orders may use; at least 0.</summary>
    public decimal AvailableBalance { get; init; }

    /// <summary>Every instrument on which there is a position or an open order, in instrument order; hedge mode lists long and short apart.</summary>
    public IReadOnlyList<PositionSummary> Positions { get; init; } = [];

    /// <summary>Time of the last change, Unix milliseconds.</summary>
    public long UpdatedAt { get; init; }
}

/// <summary>A position at one instant.</summary>
public sealed record PositionSummary
{
    public required int Instrument { get; init; }

    public required PositionSide Side { get; init; }

    /// <summary>Signed: above 0 long, below 0 short.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Total cost ÷ quantity ÷ multiplier; 0 without a position.</summary>
    public decimal EntryPrice { get; init; }

    /// <summary>Entry price that also pays the closing fee; 0 without a position.</summary>
    public decimal BreakEvenPrice { get; init; }

    public decimal MarkPrice { get; init; }

    /// <summary>Mark price at which the account, all else equal, is liquidated; 0 for never.</summary>
    public decimal LiquidationPrice { get; init; }

    /// <summary>Signed quantity × mark price × multiplier.</summary>
    public decimal Notional { get; init; }

    public decimal UnrealizedProfit { get; init; }

    public decimal InitialMargin { get; init; }

    public decimal MaintenanceMargin { get; init; }

    public decimal OpenOrderInitialMargin { get; init; }

    /// <summary>Sum of what fills of this position realized since it was opened, before fees.</summary>
    public decimal RealizedProfit { get; init; }

    public int Leverage { get; init; }

    public long UpdatedAt { get; init; }
}
