using Trellis.Core.Numerics;

namespace Trellis.Core.Metrics;

/// <summary>
/// Cuts the life of one position into trades and round trips. A trade is what one fill closed, at average cost; a round trip lasts from flat
/// to flat. Fees, funding and the time of opening are carried with the position and released like its cost: share = what is carried ×
/// closed ÷ size, rounded half to even, all of it when the position closes whole.
/// </summary>
/// <param name="start">Times are counted from here, so that quantity × time stays small; Unix milliseconds.</param>
public sealed class PositionTrades(long start)
{
    private Int128 quantityTime;
    private long tripStart;
    private Int128 tripRealized;
    private Int128 tripProfit;

    /// <summary>Signed, in quantity units.</summary>
    public long Size { get; private set; }

    /// <summary>Fees and funding of what is still open: not yet part of any trade.</summary>
    public Int128 Carried { get; private set; }

    /// <summary>Profit so far of the round trip that has not ended, without what is unrealized.</summary>
    public Int128 OpenTrip => tripProfit;

    /// <summary>Books an entry of this position.</summary>
    /// <param name="entry">In order of time.</param>
    /// <param name="trades">Gets what the entry closed.</param>
    /// <param name="trips">Gets the round trip that the entry ended.</param>
    public void Take(in AccountEntry entry, TradeMeter trades, TradeMeter trips)
    {
        var change = entry.SizeChange;
        if (!entry.IsFill || change == 0 || Size == 0 || Math.Sign(change) == Math.Sign(Size))
        {
            Open(entry.Time, change, entry.Fee + entry.Funding, entry.Realized);
            return;
        }

        var held = Math.Abs(Size);
        var closed = Math.Min(Math.Abs(change), held);
        var fee = closed == Math.Abs(change) ? entry.Fee : Money.MultiplyDivide(entry.Fee, closed, Math.Abs(change));
        var carried = closed == held ? Carried : Money.MultiplyDivide(Carried, closed, held);
        var opened = closed == held ? quantityTime : Money.MultiplyDivide(quantityTime, closed, held);
        Carried -= carried;
        quantityTime -= opened;
        var holding = Money.MultiplyDivide(((Int128)(entry.Time - start) * closed) - opened, 1, closed);
        trades.Add(new Trade(entry.Time, entry.Realized, entry.Realized + fee + carried, (long)holding));
        tripRealized += entry.Realized;
        tripProfit += entry.Realized + fee;
        Size += Math.Sign(change) * closed;
        if (Size == 0)
        {
            trips.Add(new Trade(entry.Time, tripRealized, tripProfit, entry.Time - tripStart));
            (tripRealized, tripProfit) = (0, 0);
            if (Math.Abs(change) > closed)
            {
                Open(entry.Time, change + (Math.Sign(-change) * closed), entry.Fee - fee, 0);
            }
        }
    }

    private void Open(long time, long change, Int128 cost, Int128 realized)
    {
        if (Size == 0)
        {
            tripStart = time;
        }

        Size += change;
        Carried += cost;
        tripRealized += realized;
        tripProfit += cost + realized;
        quantityTime += (Int128)Math.Abs(change) * (time - start);
    }
}
