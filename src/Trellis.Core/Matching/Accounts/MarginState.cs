namespace Trellis.Core.Matching.Accounts;

/// <summary>An account marked at mark prices, in money units.</summary>
/// <param name="PositionInitial">Σ |position| × mark ÷ leverage, each rounded up.</param>
/// <param name="Initial">The same with open orders at their worst; see <see cref="MarginDesk"/>.</param>
internal readonly record struct MarginState(Int128 Wallet, Int128 Unrealized, Int128 PositionInitial, Int128 Initial, Int128 Maintenance)
{
    public Int128 Balance => Wallet + Unrealized;

    /// <summary>What new orders may use; may be below 0.</summary>
    public Int128 Free => Balance - Initial;
}
