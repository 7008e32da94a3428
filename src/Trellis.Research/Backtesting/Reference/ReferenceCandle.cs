using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Reference;

/// <summary>The orders of one lane that a candle reaches, found by looking at every slot.</summary>
internal sealed class ReferenceCandle(ReferenceLane lane, int candle, long slippage, Func<ReferenceLane, int, EntryKind, int, bool> fill)
{
    private readonly int tick = lane.Units.TickOf(lane.RulesAt(lane.Setup.Candles.TimeOf(lane.Own(candle))));

    private int Open { get; } = lane.Open(candle);

    /// <summary>The side that counts as adverse while the position is what it is now: true for the low side.</summary>
    public bool LowIsAdverse => Math.Sign(lane.NetSize) switch
    {
        1 => true,
        -1 => false,
        _ => Open - lane.Low(candle) <= lane.High(candle) - Open,
    };

    /// <summary>Step 2: market orders, and limits that lay beyond the market when they were planned.</summary>
    public void AtOpen()
    {
        for (var slot = 0; slot < lane.Plan.SlotCount; slot++)
        {
            if (!lane.Plan.IsPlanned(slot))
            {
                continue;
            }

            var order = lane.Plan.Order(slot);
            if (order.Kind == OrderKind.Market)
            {
                fill(lane, slot, EntryKind.Market, Slipped(Open, order.Side));
            }
            else if (order.Kind == OrderKind.Limit && lane.Takes(slot))
            {
                if (ReferenceLane.LiesBeyond(order.Side, order.Price, Open))
                {
                    var price = Slipped(Open, order.Side);
                    fill(lane, slot, EntryKind.Taker, order.Side == Side.Buy ? Math.Min(price, order.Price) : Math.Max(price, order.Price));
                }
                else
                {
                    lane.ComeToRest(slot);
                }
            }
        }
    }

    /// <summary>Steps 4 and 6: one side of the candle, all limits, then all triggers.</summary>
    public void OneSide(bool low)
    {
        var limitSide = low ? Side.Buy : Side.Sell;
        foreach (var (slot, price) in Sorted(low, Slots(OrderKind.Limit).Where(slot => lane.Plan.Order(slot).Side == limitSide && lane.Rests(slot, candle))))
        {
            if (lane.Plan.IsPlanned(slot) && (low ? lane.Low(candle) < price : lane.High(candle) > price))
            {
                fill(lane, slot, EntryKind.Limit, price);
            }
        }

        foreach (var (slot, price) in Sorted(low, Slots(low ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove)))
        {
            if (lane.Plan.IsPlanned(slot) && (low ? lane.Low(candle) <= price : lane.High(candle) >= price))
            {
                var gapped = low ? Open <= price : Open >= price;
                fill(lane, slot, EntryKind.Trigger, Slipped(gapped ? Open : price, lane.Plan.Order(slot).Side));
            }
        }
    }

    private IEnumerable<int> Slots(OrderKind kind) =>
        Enumerable.Range(0, lane.Plan.SlotCount).Where(slot => lane.Plan.IsPlanned(slot) && lane.Plan.Order(slot).Kind == kind);

    /// <summary>Nearest to where the move comes from first, then by slot.</summary>
    private List<(int Slot, int Price)> Sorted(bool low, IEnumerable<int> slots) =>
        [.. slots
            .Select(slot => (Slot: slot, Price: lane.LimitPrice(lane.Plan.Order(slot), candle)))
            .OrderBy(order => low ? -order.Price : order.Price)
            .ThenBy(order => order.Slot)];

    private int Slipped(int price, Side side) => ReferencePrices.Slipped(price, side, slippage, tick);
}
