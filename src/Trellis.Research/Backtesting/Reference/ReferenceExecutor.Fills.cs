using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Reference;

public sealed partial class ReferenceExecutor
{
    /// <summary>Fills an order whole, unless there is nothing for it to close or the wallet can't carry it.</summary>
    /// <param name="price">In price units.</param>
    private bool TryFill(ReferenceLane lane, int candle, int slot, EntryKind kind, int price)
    {
        var order = lane.Plan.Order(slot);
        var rules = lane.RulesAt(range.TimeOf(candle));
        var quantity = lane.QuantityOf(order, rules);
        if (quantity == 0)
        {
            return false;
        }

        var side = lane.SideOf(order);
        var before = lane.Position(side);
        var fill = WithFee(lane, before, order.Side, quantity, price, kind == EntryKind.Limit ? rules.MakerFee : rules.TakerFee);
        var change = before.Apply(order.Side, fill.Quantity - fill.BaseFee, fill.Price, lane.Multiplier);
        var oversold = lane.IsSpot && change.After.Size < 0;
        if (oversold || (change.Opened > 0 && !ReferenceMargin.CanCarry(lanes, lane, side, fill, change, account.Wallet, candle)))
        {
            refusals++;
            return false;
        }

        var entry = Entry(lane, candle, kind, fill, price);
        entry.Slot = slot;
        entry.Cycle = lane.Plan.Cycle(slot);
        account.BookFill(lane, side, fill, change, entry);
        lane.Drop(slot);
        BotOf(lane).Tell(new OwnFill(lane.Index, slot, order.Side, price, entry.Quantity, lane.Units.FromQuantity(fill.BaseFee)));
        return true;
    }

    /// <summary>Step 5: closes every perpetual position at its mark where the account can't keep them.</summary>
    private bool LiquidateAt(int candle, Func<ReferenceLane, int> mark)
    {
        if (!ReferenceMargin.MustLiquidate(lanes, mark, account.Wallet))
        {
            return false;
        }

        foreach (var lane in lanes.Where(lane => !lane.IsSpot))
        {
            foreach (var side in lane.Sides.Where(side => lane.Position(side).Size != 0))
            {
                var before = lane.Position(side);
                var closing = Sides.FromSign(-Math.Sign(before.Size));
                var price = mark(lane);
                var fill = WithFee(lane, before, closing, Math.Abs(before.Size), price, lane.RulesAt(range.TimeOf(candle)).TakerFee);
                var entry = Entry(lane, candle, EntryKind.Liquidation, fill, price);
                entry.Slot = -1;
                account.BookFill(lane, side, fill, before.Apply(closing, fill.Quantity, fill.Price, lane.Multiplier), entry);
            }
        }

        liquidatedAt = candle;
        return true;
    }

    /// <summary>A buy that closes nothing pays in what it receives where the instrument says so; every other fill pays in quote.</summary>
    private static LedgerFill WithFee(ReferenceLane lane, LedgerPosition before, Side side, decimal quantity, int price, decimal rate)
    {
        var fill = new LedgerFill { Side = side, Quantity = quantity, Price = lane.Units.ToPrice(price), Fee = 0m };
        if (lane.Instrument.FeeCurrency == FeeCurrency.Received && side == Side.Buy && before.Size >= 0)
        {
            var baseFee = ExactDecimal.ProductUp(quantity, rate, decimals: lane.Units.QuantityDecimals);
            return fill with { BaseFee = baseFee, Fee = -ExactDecimal.Product(baseFee, fill.Price, lane.Multiplier) };
        }

        var notional = ExactDecimal.Product(quantity, fill.Price, lane.Multiplier);
        return fill with { Fee = -ExactDecimal.Product(notional, rate) };
    }

    private static RunEntry Entry(ReferenceLane lane, int candle, EntryKind kind, in LedgerFill fill, int price) => new()
    {
        Candle = candle,
        Kind = kind,
        Side = fill.Side,
        Price = price,
        Quantity = lane.Units.FromQuantity(fill.Quantity),
    };

    private ReferenceBot BotOf(ReferenceLane lane) => bots.Single(bot => bot.Lanes.Contains(lane));
}
