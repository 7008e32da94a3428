using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Dca;

/// <summary>What a bot holds (or is short of), what it cost, and the prices that follow from the average.</summary>
/// <param name="direction">+1 long, −1 short.</param>
/// <param name="feesInReceived">Whether a buy keeps its fee in the base currency.</param>
internal sealed class DcaHolding(int direction, bool feesInReceived)
{
    /// <summary>Quantity units that an exit may trade, dust of earlier deals included; at least 0.</summary>
    public long Held { get; private set; }

    /// <summary>Σ price × quantity of what is held, in price units × quantity units.</summary>
    public Int128 Cost { get; private set; }

    /// <summary>Entry fees of what is held, in 10^-12 price units × quantity units.</summary>
    public Int128 Fees { get; private set; }

    /// <summary>Gross profit of everything that exits have closed, in price units × quantity units.</summary>
    public Int128 Earned { get; private set; }

    /// <param name="fill">Of the base order or a safety order.</param>
    /// <param name="rate">Fee rate in 10^-12 that counts where the fee is in quote currency.</param>
    public void Enter(in OwnFill fill, long rate)
    {
        Held += fill.NetQuantity;
        Cost += Math.BigMul((long)fill.Price, fill.NetQuantity);
        Fees += feesInReceived && fill.Side == Side.Buy
            ? (Int128)fill.Price * fill.BaseFee * Shares.Whole
            : Math.BigMul((long)fill.Price, fill.Quantity) * rate;
    }

    /// <summary>A closing fill takes a share of the cost along, rounded down; the fees stay in proportion to what is left.</summary>
    public void Leave(in OwnFill fill)
    {
        var released = fill.Quantity >= Held ? Cost : Cost * fill.Quantity / Held;
        Earned += direction * (Math.BigMul((long)fill.Price, fill.Quantity) - released);
        Cost -= released;
        Fees = fill.Quantity >= Held ? 0 : Shares.Divide(Fees, Held, up: false) * (Held - fill.Quantity);
        Held -= fill.Quantity;
    }

    /// <summary>The price on the tick at which the profit is reached, rounded towards more profit; 0 where there is none.</summary>
    /// <param name="profit">Share of the cost, in 10^-12.</param>
    /// <param name="exitFee">Fee rate of the exit in 10^-12; null where fees do not count.</param>
    /// <param name="terms">Of the deal.</param>
    public int TakeProfitPrice(long profit, long? exitFee, in DcaTerms terms)
    {
        if (Held <= 0)
        {
            return 0;
        }

        // direction × (price × held − cost) − entry fees − price × held × exit fee ≥ cost × profit
        var owed = (Cost * (Shares.Whole + (direction * (Int128)profit))) + (exitFee is null ? 0 : direction * Fees);
        var kept = Held * (Shares.Whole - (direction * (Int128)exitFee.GetValueOrDefault()));
        return terms.OnTick(owed, kept, up: direction > 0);
    }

    /// <summary>The price a share of the average behind it, on the tick and away from it; 0 where there is none.</summary>
    /// <param name="distance">Share of the average, in 10^-12.</param>
    /// <param name="terms">Of the deal.</param>
    public int StopPriceFromAverage(long distance, in DcaTerms terms) => Held <= 0
        ? 0
        : terms.OnTick(Cost * (Shares.Whole - (direction * (Int128)distance)), Held * (Int128)Shares.Whole, up: direction < 0);
}
