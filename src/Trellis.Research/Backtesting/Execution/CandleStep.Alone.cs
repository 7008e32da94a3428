namespace Trellis.Research.Backtesting.Execution;

// A run with one lane, as most are: the same as RunTogether, without a loop for every step.
internal sealed partial class CandleStep
{
    /// <summary>
    /// The usual candle: one side of it reaches limits, and nothing else could happen in it. What can't happen is known from before and is
    /// not asked for step by step. Where the candle is another one no more than its prices has been read.
    /// </summary>
    private bool TryRunUsual(Lane lane, int candle)
    {
        if (!lane.IsUsual || candle >= lane.Funding.EarliestCandle)
        {
            return false;
        }

        lane.Load(candle);
        var side = (lane.Low <= lane.Book.Bids.Reach ? 1 : 0) - (lane.High >= lane.Book.Asks.Reach ? 1 : 0);
        if (side == 0)
        {
            return false;
        }

        var net = lane.NetSize;
        filler.FillLimits(lane, candle, side);
        if (!account.IsPaidFor())
        {
            EndUnpaid(lane, candle, side, lane.AdverseSide(net));
            return true;
        }

        if (lane.Bot.Context.HasFills)
        {
            asker.Ask(lane.Bot, candle);
        }

        if (lane.HasOnlyLimits)
        {
            lane.RenewReach(candle);
        }
        else
        {
            RenewWatch(lane, candle);
        }

        return true;
    }

    /// <summary>A usual candle after whose fills margin counts: it is looked at where the adverse side filled; else its turn was before the fill, when all was paid for.</summary>
    private void EndUnpaid(Lane lane, int candle, int side, int adverse)
    {
        adverseSides[0] = adverse;
        if ((side == adverse || optimistic) && CheckLiquidation(candle))
        {
            return;
        }

        EndAlone(lane, candle);
    }

    private void RunAlone(Lane lane, int candle)
    {
        Load(lane, candle);
        if (IsSomethingDueAtOpen(lane, candle))
        {
            PayFunding(lane, candle);
            FillAtOpen(lane, candle);
        }

        var adverse = lane.AdverseSide();
        adverseSides[0] = adverse;
        Sweep(lane, candle, optimistic ? -adverse : adverse);
        if (optimistic)
        {
            Sweep(lane, candle, adverse);
        }

        if (CheckLiquidation(candle))
        {
            return;
        }

        if (!optimistic)
        {
            Sweep(lane, candle, -adverse);
        }

        EndAlone(lane, candle);
    }

    private void EndAlone(Lane lane, int candle)
    {
        Release(lane);
        if (asker.IsToBeAsked(lane.Bot, candle))
        {
            asker.Ask(lane.Bot, candle);
        }

        liquidation.Renew();
        RenewWatch(lane, candle);
    }
}
