using Trellis.Core.Orders;

namespace Trellis.Core.Accounts.Ledger;

/// <summary>What an account of the ledger stands for. What is owned is positive, what it came from is negative.</summary>
public enum LedgerAccountKind : byte
{
    /// <summary>What the venue holds for us in a currency; shared by all bots.</summary>
    Wallet,

    /// <summary>The counter-account of a perpetual position's cost, for which nothing has left the wallet.</summary>
    Settlement,

    /// <summary>Total cost of a position: positive for a long, negative for a short one.</summary>
    PositionCost,

    /// <summary>Size of a position, signed, in what the instrument trades.</summary>
    Holding,

    /// <summary>The counter-account of holdings: what was bought (negative) and sold (positive) of an instrument.</summary>
    Traded,

    /// <summary>What the ledger began with.</summary>
    Opening,

    /// <summary>Profit (negative) and loss (positive) of what was closed.</summary>
    Realized,

    /// <summary>Fees paid (positive) and rebates received (negative).</summary>
    Fees,

    /// <summary>Funding paid (positive) and received (negative).</summary>
    Funding,

    /// <summary>Deposits (negative) and withdrawals (positive).</summary>
    Transfers,

    /// <summary>What a reconciliation with the venue found that nothing else explains.</summary>
    Corrections,
}

/// <summary>Whose account it is.</summary>
/// <param name="Bot">Name of the bot; empty for what all share.</param>
/// <param name="Instrument">As <c>binance/perp/BTCUSDT</c>; empty for what belongs to none.</param>
/// <param name="Side">The position, for its cost, settlement and holding.</param>
public readonly record struct LedgerOwner(string Bot, string Instrument, PositionSide Side)
{
    /// <summary>The account as a whole.</summary>
    public static LedgerOwner Shared { get; } = new("", "", PositionSide.Net);
}

/// <summary>A named account of the ledger.</summary>
/// <param name="Currency">What it is counted in: a currency, or an instrument where contracts are held.</param>
public readonly record struct LedgerAccount(LedgerAccountKind Kind, string Currency, LedgerOwner Owner)
{
    public static LedgerAccount Wallet(string currency) => new(LedgerAccountKind.Wallet, currency, LedgerOwner.Shared);

    public static LedgerAccount Opening(string currency) => new(LedgerAccountKind.Opening, currency, LedgerOwner.Shared);

    public override string ToString() => $"{Kind} {Currency} {Owner.Bot} {Owner.Instrument} {Owner.Side}".Trim();
}
