using Trellis.Core.Markets;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>
/// The way of the price through a candle: from the open to the nearer extreme (equally near: the low), to the farther one, to the
/// close. It is walked in steps that trade the candle's volume in whole lots, so that what traded is the candle again.
/// </summary>
internal sealed class CandlePath
{
    /// <summary>Open, both extremes and close.</summary>
    public const int FewestSteps = 4;

    private readonly Candle _candle;
    private readonly long _lots;
    private readonly PriceGrid _grid;
    private readonly long _interval;
    private readonly decimal[] _corners;
    private readonly bool[] _mustTrade;

    /// <param name="candle">Its prices lie on the tick; its volume is replaced.</param>
    /// <param name="lots">Volume in lots; raised to one lot for each price that must be traded to be seen.</param>
    /// <param name="interval">Length of the candle in milliseconds.</param>
    public CandlePath(in Candle candle, long lots, PriceGrid grid, long interval)
    {
        _grid = grid;
        _interval = interval;
        var lowFirst = candle.Open - candle.Low <= candle.High - candle.Open;
        _corners = [candle.Open, lowFirst ? candle.Low : candle.High, lowFirst ? candle.High : candle.Low, candle.Close];
        _mustTrade = MustTrade(_corners, lots);
        _lots = Math.Max(lots, _mustTrade.Count(must => must));
        _candle = candle with { Volume = _lots * grid.Lot };
    }

    /// <summary>The candle that trading along the path gives.</summary>
    public Candle Candle => _candle;

    /// <summary>Appends the moves of the path, evenly spread from the open on.</summary>
    public void Write(int steps, List<MarketMove> moves)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, FewestSteps);
        Span<int> at = [0, Corner(1, steps), Corner(2, steps), steps - 1];
        var free = _lots - _mustTrade.Count(must => must);
        var leg = 0;
        for (var step = 0; step < steps; step++)
        {
            leg += leg < 2 && step > at[leg + 1] ? 1 : 0;
            var price = Between(_corners[leg], _corners[leg + 1], step - at[leg], at[leg + 1] - at[leg]);
            var lots = Share(free, step + 1, steps) - Share(free, step, steps);
            for (var corner = 0; corner < at.Length; corner++)
            {
                lots += step == at[corner] && _mustTrade[corner] ? 1 : 0;
            }

            moves.Add(new MarketMove(_interval * step / steps, price, lots * _grid.Lot, null));
        }
    }

    private static int Corner(int third, int steps) => (((steps - 1) * third) + 1) / 3;

    /// <summary>A price is only in the candle if something trades at it; equal prices need it once. A candle without any volume and with one price needs none.</summary>
    private static bool[] MustTrade(ReadOnlySpan<decimal> corners, long lots)
    {
        var (open, first, second, close) = (corners[0], corners[1], corners[2], corners[3]);
        var moves = first != open || second != open || close != open;
        return
        [
            lots > 0 || moves,
            first != open && first != close,
            second != open && second != close,
            moves,
        ];
    }

    private static long Share(long lots, int step, int steps) => (long)((Int128)lots * step / steps);

    private decimal Between(decimal from, decimal to, int step, int steps)
    {
        if (step == steps)
        {
            return to;
        }

        var ticks = (long)((to - from) / _grid.Tick);
        return from + ((long)((Int128)ticks * step / steps) * _grid.Tick);
    }
}
