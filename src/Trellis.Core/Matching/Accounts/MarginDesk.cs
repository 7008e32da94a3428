using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Accounts;

/// <summary>
/// Cross margin of linear perpetuals, with every amount exact.
/// <list type="bullet">
/// <item>Unrealized profit = signed quantity × mark price × multiplier − cost of a long, + cost of a short.
/// Margin balance = wallet + Σ unrealized. Available = margin balance − Σ initial margin.</item>
/// <item>An open order counts with its rest × its margin price: a limit buy at its price, a limit sell at the higher of its price and the mark price
/// when it was accepted. Reduce-only orders, and the closing orders of hedge mode, count nothing.</item>
/// <item>Worst notional of a position P (signed, at mark) with open buys B and open sells S = max(|P + B|, |P − S|): orders that reduce offset the position,
/// and of both sides only the worse counts. Initial margin = worst notional ÷ leverage, rounded up; per position in hedge mode.</item>
/// <item>A new order (or amendment) that raises the worst notional needs: available before it ≥ the rise of initial margin + its open loss + its fee. The open loss is what it would
/// lose at the mark price: of a limit by its price, of a market order by the levels it would trade with. The fee is the taker's where it takes at once, else the maker's.</item>
/// <item>The worst notional (hedge mode: of long and short together) may not be raised above the cap of the highest tier that allows the leverage.</item>
/// <item>Maintenance margin = |P| × rate − deduction of the tier that |P| lies in, rounded up. Below Σ of it the account is liquidated.</item>
/// </list>
/// The house has no margin.
/// </summary>
internal static class MarginDesk
{
    public static MarginState Of(MarginAccount account)
    {
        Int128 unrealized = 0, position = 0, initial = 0, maintenance = 0;
        foreach (var holding in account.Holdings)
        {
            if (holding.IsIdle)
            {
                continue;
            }

            for (var slot = 0; slot < 2; slot++)
            {
                unrealized += Unrealized(holding, slot);
                position += PositionInitial(holding, slot);
                initial += Initial(holding, slot);
                maintenance += Maintenance(holding, slot);
            }
        }

        return new MarginState(account.Wallet, unrealized, position, initial, maintenance);
    }

    /// <summary>Signed value of a position at the mark price.</summary>
    public static Int128 Value(Holding holding, int slot) => holding.Market.Notional(holding.Market.MarkPrice, holding[slot].Size);

    public static Int128 Unrealized(Holding holding, int slot) => Value(holding, slot) + holding[slot].SignedCost;

    public static Int128 PositionInitial(Holding holding, int slot) => Money.DivideUp(Int128.Abs(Value(holding, slot)), holding.Leverage);

    public static Int128 Initial(Holding holding, int slot) => Money.DivideUp(Worst(holding, slot, 0, 0), holding.Leverage);

    public static Int128 Maintenance(Holding holding, int slot) => holding.Market.Tiers.Maintenance(Int128.Abs(Value(holding, slot)));

    /// <summary>Worst notional of a position with its open orders and with more buys and sells.</summary>
    public static Int128 Worst(Holding holding, int slot, Int128 buys, Int128 sells)
    {
        var value = Value(holding, slot);
        return Int128.Max(Int128.Abs(value + holding.Buys[slot] + buys), Int128.Abs(value - holding.Sells[slot] - sells));
    }

    /// <summary>The price that an order's margin is reckoned at.</summary>
    public static int MarginPrice(Market market, Side side, int price) => side == Side.Buy ? price : Math.Max(price, market.MarkPrice);

    /// <summary>Why an account can't carry a new order; null where it can.</summary>
    /// <param name="added">Notional that the order adds to the open orders of its side; of an amendment the change.</param>
    /// <param name="loss">What the order would lose at the mark price; at least 0.</param>
    public static Refusal? Refuse(MarginAccount account, Holding holding, int slot, Side side, Int128 added, Int128 loss, Int128 fee)
    {
        var before = Worst(holding, slot, 0, 0);
        var after = side == Side.Buy ? Worst(holding, slot, added, 0) : Worst(holding, slot, 0, added);
        if (after <= before)
        {
            return null;
        }

        var cap = holding.Market.Tiers.CapAt(holding.Leverage);
        var together = after + Worst(holding, 1 - slot, 0, 0);
        if (together > cap)
        {
            return new Refusal(
                RefusalReason.PositionAboveLeverageCap,
                $"position and open orders would come to {Text(together)} in quote currency; leverage {holding.Leverage} allows {Text(cap)}");
        }

        var state = Of(account);
        var needed = Money.DivideUp(after, holding.Leverage) - Money.DivideUp(before, holding.Leverage) + loss + Int128.Max(0, fee);
        return state.Free >= needed
            ? null
            : new Refusal(RefusalReason.InsufficientMargin, $"the order needs {Text(needed)} of margin; available are {Text(state.Free)}");
    }

    /// <summary>What buying or selling for a notional loses at the mark price; at least 0.</summary>
    public static Int128 OpenLoss(Market market, Side side, Int128 notional, long quantity) =>
        Int128.Max(0, side.Sign() * (notional - market.Notional(market.MarkPrice, quantity)));

    private static string Text(Int128 units) => new Money(units).ToString();
}
