using Trellis.Core.Numerics;

namespace Trellis.Research.Backtesting.Reference;

/// <summary>The deepest fall so far (docs/backtest.md, section 9).</summary>
internal sealed class ReferenceDrawdown(Money start)
{
    private Money peak = start;
    private int peakCandle = -1;

    public Drawdown Deepest { get; private set; } = new(0, -1, -1, start, start);

    public void Note(int candle, Money equity)
    {
        if (equity > peak)
        {
            peak = equity;
            peakCandle = candle;
        }

        var share = peak.Units > 0 ? (double)(peak.Units - equity.Units) / (double)peak.Units : 0.0;
        if (share > Deepest.Share)
        {
            Deepest = new Drawdown(share, peakCandle, candle, peak, equity);
        }
    }
}
