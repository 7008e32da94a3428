using Trellis.Core.Numerics;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>The highest equity so far and the deepest fall from it, exact, fed with stretches in the order of time.</summary>
internal sealed class ExactDrawdown
{
    /// <summary>Quotients of doubles are not provably monotone in the last place; a bound gets this much room.</summary>
    private const double Room = 1 + 1e-14;

    private const int LeafSize = 64;

    private Int128 peak;
    private Place peakPlace = new(-1);
    private Int128 worstPeak;
    private Int128 worstTrough;
    private Place worstPeakPlace = new(-1);
    private Place worstTroughPlace = new(-1);

    public ExactDrawdown(Money startBalance)
    {
        SetPeak(startBalance.Units, new Place(-1));
        worstPeak = worstTrough = peak;
    }

    /// <summary>The deepest fall, as a share of its peak.</summary>
    public double Worst { get; private set; }

    /// <summary>The highest equity so far, within a few parts in 10^16.</summary>
    public double RoughPeak { get; private set; }

    public Drawdown Result()
    {
        var (candle, equity) = FirstAtWorst();
        return new Drawdown(Worst, worstPeakPlace.Candle(), candle, new Money(worstPeak), new Money(equity));
    }

    /// <summary>The peak alone, of a stretch that is known not to hold the deepest fall.</summary>
    public void TakePeak(in Stretch stretch)
    {
        var (lowest, highest) = stretch.Closes();
        var close = stretch.Size > 0 ? highest : lowest;
        var equity = stretch.EquityAt(close);
        if (equity > peak)
        {
            SetPeak(equity, new Place(stretch, close, close));
        }
    }

    public void Take(in Stretch stretch)
    {
        var (lowest, highest) = stretch.Closes();
        var (lowClose, highClose) = stretch.Size > 0 ? (lowest, highest) : (highest, lowest);
        var (low, high) = (stretch.EquityAt(lowClose), stretch.EquityAt(highClose));
        if (high <= peak)
        {
            TakeTrough(low, new Place(stretch, lowClose, highClose));
        }
        else if (Math.Max(Share(high, low), Share(peak, low)) * Room <= Worst)
        {
            SetPeak(high, new Place(stretch, highClose, highClose));
        }
        else if (stretch.To - stretch.From <= LeafSize)
        {
            for (var candle = stretch.From; candle < stretch.To; candle++)
            {
                var close = stretch.Lane is { } lane ? lane.Candles.Close[candle + lane.Offset] : 0;
                Take(candle, stretch.EquityAt(close));
            }
        }
        else
        {
            TakePieces(stretch);
        }
    }

    /// <summary>One close.</summary>
    public void Take(int candle, Int128 equity)
    {
        if (equity > peak)
        {
            SetPeak(equity, new Place(candle));
        }
        else
        {
            TakeTrough(equity, new Place(candle));
        }
    }

    /// <summary>Whether closes between these equities, in any order, might deepen the fall or move the peak.</summary>
    public bool Matters(Int128 low, Int128 high) => high > peak || Share(peak, low) * Room > Worst;

    private static double Share(Int128 peak, Int128 equity) => peak > 0 && equity < peak ? (double)(peak - equity) / (double)peak : 0;

    /// <summary>Pieces end where the blocks of the lane do, so that the index serves them.</summary>
    private void TakePieces(in Stretch stretch)
    {
        var size = stretch.To - stretch.From > LeafSize * LeafSize ? LeafSize * LeafSize : LeafSize;
        var offset = stretch.Lane?.Offset ?? 0;
        var piece = stretch;
        while (piece.From < stretch.To)
        {
            piece.To = Math.Min(stretch.To, (((piece.From + offset) / size) + 1) * size - offset);
            Take(piece);
            piece.From = piece.To;
        }
    }

    private void TakeTrough(Int128 equity, in Place place)
    {
        // The usual case in doubles: a fall that is clearly no deeper needs no exact quotient.
        if (peak > equity && Estimate.Of(peak - equity) < Worst * RoughPeak * (1 - Estimate.Doubt))
        {
            return;
        }

        var share = Share(peak, equity);
        if (share > Worst)
        {
            Worst = share;
            worstPeak = peak;
            worstTrough = equity;
            worstPeakPlace = peakPlace;
            worstTroughPlace = place;
        }
    }

    private void SetPeak(Int128 equity, in Place place)
    {
        peak = equity;
        peakPlace = place;
        RoughPeak = Estimate.Of(equity);
    }

    /// <summary>
    /// The first close that fell as deep: a little above the lowest one the share may be the same double, since a small
    /// position moves the equity by less than its last place.
    /// </summary>
    private (int Candle, Int128 Equity) FirstAtWorst()
    {
        var place = worstTroughPlace;
        if (place.Stretch.Lane is null)
        {
            return (place.Candle(), worstTrough);
        }

        var (same, other) = ((long)place.Close, (long)place.FarClose);
        while (same != other)
        {
            // Rounds towards the far end, so that the two meet.
            var middle = same + ((other - same + Math.Sign(other - same)) / 2);
            if (Share(worstPeak, place.Stretch.EquityAt((int)middle)) == Worst)
            {
                same = middle;
            }
            else
            {
                other = middle - Math.Sign(other - same);
            }
        }

        var candle = place.FirstBetween(place.Close, (int)same);
        return (candle, place.Stretch.EquityAt(place.Stretch.Lane.Candles.Close[candle + place.Stretch.Lane.Offset]));
    }

    /// <summary>A candle, or the first one of a stretch that closes at a price: looked up only when asked for.</summary>
    private readonly struct Place
    {
        private readonly int candle;

        public Place(int candle) => this.candle = candle;

        public Place(in Stretch stretch, int close, int farClose)
        {
            Stretch = stretch;
            Close = close;
            FarClose = farClose;
            candle = stretch.From;
        }

        public Stretch Stretch { get; }

        public int Close { get; }

        /// <summary>The close of the stretch with the most equity.</summary>
        public int FarClose { get; }

        public int Candle() => FirstBetween(Close, Close);

        public int FirstBetween(int one, int other)
        {
            if (Stretch.Lane is not { } lane)
            {
                return candle;
            }

            var closes = lane.Candles.Close.Span[(Stretch.From + lane.Offset)..(Stretch.To + lane.Offset)];
            return candle + closes.IndexOfAnyInRange(Math.Min(one, other), Math.Max(one, other));
        }
    }
}
