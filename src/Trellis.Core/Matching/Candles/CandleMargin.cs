using Trellis.Core.Matching.Accounts;
using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.Candles;

/// <summary>What a wallet can carry in a candle (docs/backtest.md, section 6).</summary>
internal static class CandleMargin
{
    /// <summary>Whether a fill may happen: one that enlarges no position always may.</summary>
    /// <param name="marks">By instrument, in price units: each other market's last close before the candle.</param>
    public static bool CanCarry(MarginAccount account, Holding filled, int slot, int sign, long quantity, int price, Int128 fee, ReadOnlySpan<int> marks)
    {
        var after = filled[slot];
        var closes = Math.Sign(after.Size) == -sign ? Math.Abs(after.Size) : 0;
        if (quantity <= closes)
        {
            return true;
        }

        var realized = after.Apply(sign, quantity, price * filled.Market.Units.NotionalFactor);
        var equity = account.Wallet + realized - fee;
        Int128 margin = 0;
        foreach (var holding in account.Holdings)
        {
            var mark = holding == filled ? price : marks[holding.Market.Index];
            Int128 together = 0;
            for (var other = 0; other < 2; other++)
            {
                var position = holding == filled && other == slot ? after : holding[other];
                var value = holding.Market.Notional(mark, position.Size);
                equity += value + position.SignedCost;
                margin += Money.DivideUp(Int128.Abs(value), holding.Leverage);
                together += Int128.Abs(value);
            }

            if (holding == filled && together > holding.Market.Tiers.CapAt(holding.Leverage))
            {
                return false;
            }
        }

        return equity >= margin;
    }

    /// <summary>Margin equity and Σ maintenance margin with every market at a mark.</summary>
    /// <param name="marks">By instrument, in price units.</param>
    public static (Int128 Equity, Int128 Maintenance) At(MarginAccount account, ReadOnlySpan<int> marks)
    {
        var equity = account.Wallet;
        Int128 maintenance = 0;
        foreach (var holding in account.Holdings)
        {
            for (var slot = 0; slot < 2; slot++)
            {
                var value = holding.Market.Notional(marks[holding.Market.Index], holding[slot].Size);
                equity += value + holding[slot].SignedCost;
                maintenance += holding.Market.Tiers.Maintenance(Int128.Abs(value));
            }
        }

        return (equity, maintenance);
    }
}
