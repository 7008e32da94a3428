using Trellis.Core.Accounts;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Tells entries from bookings, in order: wallet, positions and rules go along from the start of the run.</summary>
internal sealed class EntryTeller(Money startBalance, Lane[] lanes, RunRange range)
{
    private readonly Position[] positions = new Position[lanes.Length * 2];
    private readonly RulesInForce[] rules = [.. lanes.Select(lane => new RulesInForce(lane.Units, range.StartTime))];

    public Int128 Wallet { get; private set; } = startBalance.Units;

    /// <summary>Σ cost of all spot positions.</summary>
    public Int128 SpotCost
    {
        get
        {
            Int128 cost = 0;
            foreach (var lane in lanes)
            {
                cost += lane.IsSpot ? PositionOf(lane, second: false).Cost : 0;
            }

            return cost;
        }
    }

    /// <summary>The net position of a lane, or in hedge mode its long or short one.</summary>
    public Position PositionOf(Lane lane, bool second) => positions[(lane.Index * 2) + (second ? 1 : 0)];

    public RunEntry Tell(in Booking booking)
    {
        ref var position = ref positions[(booking.Lane * 2) + (booking.PositionSide == PositionSide.Short ? 1 : 0)];
        var lane = lanes[booking.Lane];
        var isFunding = booking.Kind == EntryKind.Funding;
        var (fee, realized, funding, baseFee) = (Int128.Zero, Int128.Zero, Int128.Zero, 0L);
        if (isFunding)
        {
            funding = Charge.Funding(lane, lane.Funding.RateOf(booking.Slot), booking.Price, position.Size);
        }
        else
        {
            rules[booking.Lane].AdvanceTo(range.TimeOf(booking.Candle));
            var sign = booking.Side.Sign();
            fee = Charge.Fee(lane, rules[booking.Lane], booking.Kind, sign, booking.Price, booking.Quantity, position.Size, out baseFee);
            realized = position.Apply(sign, booking.Quantity - baseFee, booking.Price * lane.Factor);
        }

        Wallet += fee + realized + funding;
        return new RunEntry
        {
            Candle = booking.Candle,
            Lane = booking.Lane,
            Kind = booking.Kind,
            Side = booking.Side,
            PositionSide = booking.PositionSide,
            Slot = isFunding ? -1 : booking.Slot,
            Cycle = booking.Cycle,
            Price = booking.Price,
            Quantity = booking.Quantity,
            BaseFee = baseFee,
            Fee = fee,
            Realized = realized,
            Funding = funding,
            WalletAfter = Wallet,
            SizeAfter = position.Size,
            CostAfter = position.Cost,
        };
    }
}
