using Trellis.Core.Metrics;
using Trellis.Core.Orders;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>
/// The account along the closes of a run, told again from its entries in one pass. What stands at the close of a candle includes everything
/// that was booked in it. Between bookings equity follows the closes of the held instruments; one instrument makes it a straight line.
/// </summary>
internal sealed class EquityWalk
{
    private readonly IReadOnlyList<RunEntry> entries;
    private readonly IReadOnlyList<ResultLane> lanes;
    private readonly ReadOnlyMemory<int>[] closes;
    private readonly int[] instruments;
    private readonly long[] sizes;
    private readonly Int128[] costs;
    private readonly MetricsAccumulator? metrics;
    private readonly RunRange range;
    private int position;
    private int nextEntry;

    /// <param name="outcome">The run.</param>
    /// <param name="lanes">Of the same run.</param>
    /// <param name="metrics">Is shown every entry; null for nobody.</param>
    public EquityWalk(RunOutcome outcome, IReadOnlyList<ResultLane> lanes, MetricsAccumulator? metrics = null)
    {
        (this.lanes, this.metrics, range) = (lanes, metrics, outcome.Range);
        entries = outcome.Entries;
        closes = [.. lanes.Select(lane => lane.Closes(outcome.Range.Count))];
        instruments = ResultLane.Instruments(lanes);
        sizes = new long[lanes.Count * 2];
        costs = new Int128[lanes.Count * 2];
        Wallet = Equity = Lowest = Highest = outcome.StartBalance.Units;
        Underwater = new UnderwaterMeter(outcome.StartBalance.Units, outcome.MaxDrawdown.TroughCandle);
    }

    /// <summary>In units of 10^-12 quote currency, as every amount here.</summary>
    public Int128 Wallet { get; private set; }

    public Int128 Equity { get; private set; }

    /// <summary>Lowest equity at the closes since the last move.</summary>
    public Int128 Lowest { get; private set; }

    /// <summary>Highest equity at the closes since the last move.</summary>
    public Int128 Highest { get; private set; }

    /// <summary>Sum of the notionals of all positions at the close, long and short counted alike.</summary>
    public Int128 Notional { get; private set; }

    /// <summary>Over all closes so far.</summary>
    public UnderwaterMeter Underwater { get; }

    /// <summary>Over all closes so far.</summary>
    public ExposureMeter Exposure { get; } = new();

    /// <summary>(peak − equity) ÷ peak, as docs/backtest.md, section 9 has it; the peak is the highest equity at a close so far.</summary>
    public double Drawdown => Underwater.Peak > 0 && Equity < Underwater.Peak ? (double)(Underwater.Peak - Equity) / (double)Underwater.Peak : 0;

    /// <summary>Signed, in quantity units; in hedge mode long minus short.</summary>
    public long NetSize(int lane) => sizes[2 * lane] + sizes[(2 * lane) + 1];

    public int Close(int lane, int candle) => closes[lane].Span[candle];

    /// <summary>Goes on to the close of a candle, over all closes in between.</summary>
    /// <param name="candle">Ahead of the last one.</param>
    public void MoveTo(int candle)
    {
        (Lowest, Highest) = (Int128.MaxValue, Int128.MinValue);
        while (position <= candle)
        {
            while (nextEntry < entries.Count && entries[nextEntry].Candle <= position)
            {
                Book(entries[nextEntry++]);
            }

            var end = nextEntry < entries.Count ? Math.Min(candle + 1, entries[nextEntry].Candle) : candle + 1;
            Pass(end);
            position = end;
        }
    }

    /// <summary>Takes in the closes up to (not including) a candle, between which nothing is booked.</summary>
    private void Pass(int end)
    {
        var held = -1;
        for (var lane = 0; lane < closes.Length; lane++)
        {
            if (sizes[2 * lane] == 0 && sizes[(2 * lane) + 1] == 0)
            {
                continue;
            }

            if (held >= 0 && instruments[held] != instruments[lane])
            {
                PassOneByOne(end);
                return;
            }

            held = lane;
        }

        var line = Line(held < 0 ? -1 : instruments[held]);
        var prices = closes[Math.Max(held, 0)].Span[position..end];
        var stretch = new EquityStretch(prices, line);
        Underwater.Take(stretch);
        Exposure.Take(stretch);
        Span(stretch.Least, stretch.Most);
        (Equity, Notional) = (line.At(prices[^1]), line.NotionalPerClose * prices[^1]);
    }

    /// <summary>The line of equity in the close of one instrument, on which everything that is held is.</summary>
    private EquityLine Line(int instrument)
    {
        var line = new EquityLine(Wallet, 0, 0);
        for (var lane = 0; lane < closes.Length; lane++)
        {
            if (instruments[lane] == instrument)
            {
                line = Add(line, lane);
            }
        }

        return line;
    }

    private EquityLine Add(EquityLine line, int lane)
    {
        var (first, second) = (sizes[2 * lane], sizes[(2 * lane) + 1]);
        var factor = (Int128)lanes[lane].Units.NotionalFactor;
        return new EquityLine(
            line.Base - (Math.Sign(first) * costs[2 * lane]) - (Math.Sign(second) * costs[(2 * lane) + 1]),
            line.PerClose + (factor * (first + second)),
            line.NotionalPerClose + (factor * (Math.Abs(first) + Math.Abs(second))));
    }

    private void PassOneByOne(int end)
    {
        var lines = new EquityLine[closes.Length];
        for (var lane = 0; lane < lines.Length; lane++)
        {
            lines[lane] = Add(default, lane);
        }

        for (var candle = position; candle < end; candle++)
        {
            var (equity, notional) = (Wallet, default(Int128));
            for (var lane = 0; lane < lines.Length; lane++)
            {
                var price = closes[lane].Span[candle];
                equity += lines[lane].At(price);
                notional += lines[lane].NotionalPerClose * price;
            }

            Underwater.Take(equity);
            Exposure.Take(equity, notional);
            Span(equity, equity);
            (Equity, Notional) = (equity, notional);
        }
    }

    private void Span(Int128 low, Int128 high) => (Lowest, Highest) = (Int128.Min(Lowest, low), Int128.Max(Highest, high));

    private void Book(in RunEntry entry)
    {
        var slot = (2 * entry.Lane) + (entry.PositionSide == PositionSide.Short ? 1 : 0);
        Wallet = entry.WalletAfter;
        metrics?.Take(new AccountEntry
        {
            Time = range.TimeOf(entry.Candle),
            Instrument = instruments[entry.Lane],
            Position = slot,
            IsFill = entry.IsFill,
            IsMaker = entry.Kind == EntryKind.Limit,
            SizeChange = entry.SizeAfter - sizes[slot],
            Notional = entry.IsFill ? lanes[entry.Lane].Units.Notional(entry.Price, entry.Quantity) : 0,
            Fee = entry.Fee,
            Realized = entry.Realized,
            Funding = entry.Funding,
        });
        sizes[slot] = entry.SizeAfter;
        costs[slot] = entry.CostAfter;
    }
}
