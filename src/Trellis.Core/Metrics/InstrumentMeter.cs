using Trellis.Core.Numerics;

namespace Trellis.Core.Metrics;

/// <summary>Adds up what happened on one instrument.</summary>
internal sealed class InstrumentMeter
{
    private readonly TradeMeter trades = new();
    private readonly TradeMeter trips = new();

    public Int128 Turnover { get; private set; }

    public int Fills { get; private set; }

    public int Makers { get; private set; }

    public void Take(in AccountEntry entry, PositionTrades position)
    {
        if (entry.IsFill)
        {
            Turnover += entry.Notional;
            Fills++;
            Makers += entry.IsMaker ? 1 : 0;
        }

        position.Take(entry, trades, trips);
    }

    public void AddTo(TradeMeter allTrades, TradeMeter allTrips)
    {
        allTrades.Add(trades);
        allTrips.Add(trips);
    }

    public InstrumentMetrics Result() => new(new Money(Turnover), Fills == 0 ? null : (double)Makers / Fills, trades.Result(), trips.Result());
}
