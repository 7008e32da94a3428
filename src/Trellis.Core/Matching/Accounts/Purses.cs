namespace Trellis.Core.Matching.Accounts;

/// <summary>Where money is that no account has, in money units; with the wallets and positions it adds up to what was paid in.</summary>
internal sealed class Purses
{
    /// <summary>What was paid in by transfers, less what was paid out.</summary>
    public Int128 Deposits { get; set; }

    public Int128 Fees { get; set; }

    /// <summary>Liquidation fees, less what accounts could not pay; may be below 0.</summary>
    public Int128 Insurance { get; set; }

    /// <summary>What funding payments, each rounded by itself, leave between payers and receivers.</summary>
    public Int128 Rounding { get; set; }
}
