namespace Trellis.Core.Matching.Accounts;

/// <summary>
/// All money of an exchange, in its quote currency. At any time, to the last digit,
/// deposits = wallets + position costs + fees + insurance + rounding.
/// </summary>
/// <param name="Deposits">Paid in, less paid out.</param>
/// <param name="Wallets">Sum over all accounts, the house included.</param>
/// <param name="PositionCosts">Sum over all positions: −cost of a long, +cost of a short.</param>
/// <param name="Fees">What the exchange took in.</param>
/// <param name="Insurance">The insurance fund; may be below 0.</param>
/// <param name="Rounding">What funding payments left between payers and receivers.</param>
/// <param name="NetQuantities">Per instrument the signed sum of all positions, which is 0.</param>
public sealed record ExchangeTotals(
    decimal Deposits,
    decimal Wallets,
    decimal PositionCosts,
    decimal Fees,
    decimal Insurance,
    decimal Rounding,
    IReadOnlyList<decimal> NetQuantities);
