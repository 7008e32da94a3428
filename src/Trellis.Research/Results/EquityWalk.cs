using Trellis.Core.Orders;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>
/// The account at every close of a run, told again from its entries in one pass. What stands at the close of a
/// candle includes everything that was booked in it.
/// </summary>
internal sealed class EquityWalk
{
    private readonly IReadOnlyList<RunEntry> entries;
    private readonly IReadOnlyList<ResultLane> lanes;
    private readonly ReadOnlyMemory<int>[] closes;
    private readonly long[] sizes;
    private readonly Int128[] costs;
    private int nextEntry;

    public EquityWalk(RunOutcome outcome, IReadOnlyList<ResultLane> lanes)
    {
        this.lanes = lanes;
        entries = outcome.Entries;
        closes = [.. lanes.Select(lane => lane.Closes(outcome.Range.Count))];
        sizes = new long[lanes.Count * 2];
        costs = new Int128[lanes.Count * 2];
        Wallet = Peak = Equity = outcome.StartBalance.Units;
    }

    /// <summary>In units of 10^-12 quote currency, as every amount here.</summary>
    public Int128 Wallet { get; private set; }

    public Int128 Equity { get; private set; }

    /// <summary>Highest equity at a close so far, starting with the start balance.</summary>
    public Int128 Peak { get; private set; }

    /// <summary>Sum of the notionals of all positions at the close, long and short counted alike.</summary>
    public Int128 Exposure { get; private set; }

    public bool IsInMarket { get; private set; }

    /// <summary>(peak − equity) ÷ peak, as docs/backtest.md, section 9 has it.</summary>
    public double Drawdown => Peak > 0 && Equity < Peak ? (double)(Peak - Equity) / (double)Peak : 0;

    /// <summary>Signed, in quantity units; in hedge mode long minus short.</summary>
    public long NetSize(int lane) => sizes[2 * lane] + sizes[(2 * lane) + 1];

    public int Close(int lane, int candle) => closes[lane].Span[candle];

    /// <summary>Candles must come in order, each once.</summary>
    public void MoveTo(int candle)
    {
        while (nextEntry < entries.Count && entries[nextEntry].Candle <= candle)
        {
            Book(entries[nextEntry++]);
        }

        var equity = Wallet;
        Int128 exposure = 0;
        IsInMarket = false;
        for (var lane = 0; lane < closes.Length; lane++)
        {
            var (first, second) = (sizes[2 * lane], sizes[(2 * lane) + 1]);
            if (first == 0 && second == 0)
            {
                continue;
            }

            var value = (Int128)closes[lane].Span[candle] * lanes[lane].Units.NotionalFactor;
            equity += (value * (first + second)) - (Math.Sign(first) * costs[2 * lane]) - (Math.Sign(second) * costs[(2 * lane) + 1]);
            exposure += value * (Math.Abs(first) + Math.Abs(second));
            IsInMarket = true;
        }

        Equity = equity;
        Exposure = exposure;
        Peak = Equity > Peak ? Equity : Peak;
    }

    private void Book(in RunEntry entry)
    {
        var position = (2 * entry.Lane) + (entry.PositionSide == PositionSide.Short ? 1 : 0);
        Wallet = entry.WalletAfter;
        sizes[position] = entry.SizeAfter;
        costs[position] = entry.CostAfter;
    }
}
