namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// Prices that no lane can pass without margin being looked at. They are bounds, not the liquidation price: as long as every
/// lane stays within its own, what all of them together can lose is less than the slack above maintenance margin.
/// They are kept while they are known to be safe, and drawn anew at half the slack when they are not.
/// </summary>
internal sealed class LiquidationWatch(Lane[] lanes, Account account)
{
    /// <summary>Relative room for the rounding of this estimate.</summary>
    private const double Room = 1e-6;

    private readonly double[] rates = new double[lanes.Length];
    private int seenVersion = -1;
    private bool isDrawn;

    /// <summary>Whether the next candle must be looked at whatever its prices: there is no slack left to share out.</summary>
    public bool LooksAtEveryCandle { get; private set; }

    /// <summary>Whether no price had to be watched for when it was last renewed: all paid for, no position, or none that any price endangers.</summary>
    public bool IsAtRest => !isDrawn && !LooksAtEveryCandle;

    /// <summary>Whether the current candle can't have liquidated: the account is as it was, and no lane passed its watch.</summary>
    public bool IsQuiet()
    {
        if (account.Version != seenVersion || LooksAtEveryCandle)
        {
            return false;
        }

        foreach (var lane in lanes)
        {
            if (!lane.IsHole && (lane.Low <= lane.LiquidationLow || lane.High >= lane.LiquidationHigh))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Draws the watches anew where they are not known to be safe any more; at every looked-at close.</summary>
    public void Renew()
    {
        if (account.Version == seenVersion && !LooksAtEveryCandle && !ClosePassed())
        {
            return;
        }

        seenVersion = account.Version;
        LooksAtEveryCandle = false;
        if (account.IsPaidFor())
        {
            Forget();
            return;
        }

        var equity = Estimate.Of(account.Cash);
        var scale = Math.Abs(equity) + Estimate.Floor;
        var maintenance = 0.0;
        var exposed = 0;
        foreach (var lane in lanes)
        {
            if (lane.IsSpot || !lane.HasPosition)
            {
                continue;
            }

            exposed++;
            var unit = (double)lane.Factor;
            var value = unit * lane.Close * lane.NetSize;
            var gross = unit * lane.Close * lane.GrossSize;
            equity += value;
            scale += Math.Abs(value);
            rates[lane.Index] = lane.Margin.HighestRateUpTo(2 * gross);
            maintenance += rates[lane.Index] * gross;
        }

        if (exposed == 0)
        {
            Forget();
            return;
        }

        var slack = equity - maintenance - (Room * (scale + maintenance));
        if (slack <= 0)
        {
            LooksAtEveryCandle = true;
            return;
        }

        if (LossAtWatch() > slack * (1 - Room))
        {
            Draw(slack / 2 / exposed);
        }
    }

    private bool ClosePassed()
    {
        foreach (var lane in lanes)
        {
            if (lane.Close <= lane.LiquidationLow || lane.Close >= lane.LiquidationHigh)
            {
                return true;
            }
        }

        return false;
    }

    private void Forget()
    {
        if (!isDrawn)
        {
            return;
        }

        isDrawn = false;
        foreach (var lane in lanes)
        {
            lane.LiquidationLow = int.MinValue;
            lane.LiquidationHigh = int.MaxValue;
        }
    }

    /// <summary>The most that all lanes together can lose (or need more) before one passes its watch.</summary>
    private double LossAtWatch()
    {
        var loss = 0.0;
        foreach (var lane in lanes)
        {
            if (lane.IsSpot || !lane.HasPosition)
            {
                continue;
            }

            if (lane.LiquidationHigh > 2L * lane.Close || lane.Close <= lane.LiquidationLow || lane.Close >= lane.LiquidationHigh)
            {
                return double.PositiveInfinity;
            }

            var (down, up) = LossPerUnit(lane);
            var low = Math.Max(0, lane.LiquidationLow);
            loss += Math.Max(down * ((double)lane.Close - low), up * ((double)lane.LiquidationHigh - lane.Close));
        }

        return loss;
    }

    private (double Down, double Up) LossPerUnit(Lane lane)
    {
        var unit = (double)lane.Factor;
        var net = (double)lane.NetSize;
        return (unit * Math.Max(net, 0), unit * (Math.Max(-net, 0) + (rates[lane.Index] * lane.GrossSize)));
    }

    private void Draw(double share)
    {
        isDrawn = true;
        foreach (var lane in lanes)
        {
            if (lane.IsSpot || !lane.HasPosition)
            {
                lane.LiquidationLow = int.MinValue;
                lane.LiquidationHigh = int.MaxValue;
                continue;
            }

            var (down, up) = LossPerUnit(lane);
            var low = down > 0 ? lane.Close - (share / down) : double.NegativeInfinity;
            var high = up > 0 ? lane.Close + (share / up) : double.PositiveInfinity;
            lane.LiquidationLow = low < 1 ? int.MinValue : (int)Math.Min(lane.Close, Math.Ceiling(low));
            lane.LiquidationHigh = (int)Math.Min(Math.Min(2L * lane.Close, int.MaxValue), Math.Max(lane.Close, Math.Floor(high)));
        }
    }
}
