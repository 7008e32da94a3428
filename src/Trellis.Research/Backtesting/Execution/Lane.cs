using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>One bot on one instrument in a run: market data, rules, positions, orders and what to watch for.</summary>
internal sealed class Lane
{
    private int lowestClose = int.MaxValue;
    private int highestClose = int.MinValue;
    private PriceWatch watch = PriceWatch.Nothing;

    public Lane(int index, int laneOfBot, BotSetup bot, LaneSetup setup, RunRange range, IStrategy strategy, bool hedgeMode)
    {
        Index = index;
        LaneOfBot = laneOfBot;
        HedgeMode = hedgeMode;
        Units = setup.Units;
        Candles = new PinnedCandles(setup.Candles);
        Offset = (int)((range.StartTime - setup.Candles.StartTime) / range.Interval);
        IsSpot = Units.Instrument.Id.Market == MarketKind.Spot;
        FeesInReceived = Units.Instrument.FeeCurrency == FeeCurrency.Received;
        Factor = Units.NotionalFactor;
        Rules = new RulesInForce(Units, range.StartTime);
        Funding = new FundingSchedule(setup, range);
        Margin = new MarginTable(Units.Instrument, bot.Leverage);
        Columns = strategy.Prepare(laneOfBot, setup.Candles, Units) ?? new LaneColumns();
        Plan = new OrderPlan(strategy.SlotCount(laneOfBot));
        Book = new LaneBook(Plan);
        Ahead = new LookAhead(Candles, Plan.SlotCount);
        View = new StrategyLane(Units, Plan) { Rules = Rules.Rules };
    }

    /// <summary>Over all lanes of the run.</summary>
    public int Index { get; }

    public int LaneOfBot { get; }

    public Bot Bot { get; set; } = null!;

    public bool HedgeMode { get; }

    public bool IsSpot { get; }

    public bool FeesInReceived { get; }

    public InstrumentUnits Units { get; }

    /// <summary>Units of 10^-12 quote per price unit × quantity unit.</summary>
    public long Factor { get; }

    public PinnedCandles Candles { get; }

    /// <summary>Candle of the run + offset = candle of the series.</summary>
    public int Offset { get; }

    public RulesInForce Rules { get; }

    public FundingSchedule Funding { get; }

    public MarginTable Margin { get; }

    public LaneColumns Columns { get; }

    public OrderPlan Plan { get; }

    public LaneBook Book { get; }

    public StrategyLane View { get; }

    /// <summary>Signed size of the net position, or in hedge mode of the long one.</summary>
    public long First;

    /// <summary>In hedge mode the signed size of the short position; else always 0.</summary>
    public long Second;

    /// <summary>What trading has paid and received here, fees and funding included: with the value of the positions, profit and loss.</summary>
    public Int128 Cash { get; set; }

    public long NetSize => First + Second;

    /// <summary>Of both positions, as a double: for estimates.</summary>
    public double GrossSize => Math.Abs(First) + (double)Math.Abs(Second);

    /// <summary>Whether it has no short position; on spot there is none.</summary>
    public bool IsLong => IsSpot || (First | Second) >= 0;

    public bool HasPosition => (First | Second) != 0;

    /// <summary>Signed value of the positions.</summary>
    public Int128 ValueAt(int price) => Math.BigMul(price * Factor, NetSize);

    /// <summary>Prices at which margin must be looked at; kept while they are known to be safe.</summary>
    public int LiquidationLow { get; set; } = int.MinValue;

    public int LiquidationHigh { get; set; } = int.MaxValue;

    /// <summary>What a candle must meet to matter to this lane.</summary>
    public ref readonly PriceWatch Watch => ref watch;

    /// <summary>The candle of the run that matters in any case: funding, orders at the open, a time, a column; or none.</summary>
    public int ForcedCandle { get; private set; }

    /// <summary>The next candle that matters, where <see cref="SearchIsStale"/> is false.</summary>
    public int NextCandle { get; set; }

    public bool SearchIsStale { get; set; } = true;

    public LookAhead Ahead { get; }

    /// <summary>Candles between those that mattered of late.</summary>
    public int Spacing { get; set; }

    /// <summary>Whether the next candle that matters is searched for while a fill is being booked.</summary>
    public bool LooksAhead { get; set; }

    /// <summary>
    /// Whether nothing can happen but that limits fill, funding is paid and margin is looked at: no other orders, no wakes, no rules to come.
    /// </summary>
    public bool HasOnlyLimits => Book.OnlyRest && !Plan.HasWakes && Rules.AreLast && ShownRulesEnd == long.MaxValue;

    /// <summary>Whether the next candle that matters can be gone through as a usual one: <see cref="HasOnlyLimits"/>, and no margin to watch.</summary>
    public bool IsUsual { get; set; }

    /// <summary>When the rules that the bot was shown give way to others: it is asked then.</summary>
    public long ShownRulesEnd { get; set; } = long.MinValue;

    /// <summary>Whether funding was booked since the bot was last asked at a close of this lane that is not in a hole.</summary>
    public bool FundingBooked { get; set; }

    // The current candle, set by Load.
    /// <summary>Read only where it matters: a column that is not touched does not have to come from memory.</summary>
    public int Open => Candles.Open[Candle];

    public int High { get; private set; }

    public int Low { get; private set; }

    public int Close { get; private set; }

    public bool IsHole => Low > High;

    /// <summary>Local index of the current candle.</summary>
    public int Candle { get; private set; }

    /// <summary>No close since <see cref="ForgetCloses"/> was below this.</summary>
    public int LowestClose => lowestClose <= highestClose ? lowestClose : int.MinValue;

    /// <summary>No close since <see cref="ForgetCloses"/> was above this.</summary>
    public int HighestClose => lowestClose <= highestClose ? highestClose : int.MaxValue;

    public void ForgetCloses()
    {
        lowestClose = int.MaxValue;
        highestClose = int.MinValue;
    }

    public void Load(int candle)
    {
        var local = candle + Offset;
        Candle = local;
        Candles.Read(local, out var low, out var high, out var close);
        Low = low;
        High = high;
        Close = close;
    }

    /// <summary>The close before the current candle; of the first candle its own close.</summary>
    public int PreviousClose => Candles.Close[Math.Max(Candle - 1, 0)];

    /// <summary>+1 where the low side is adverse, −1 where the high side is.</summary>
    public int AdverseSide() => AdverseSide(NetSize);

    /// <param name="net">The net size that counts.</param>
    public int AdverseSide(long net)
    {
        if (net != 0)
        {
            return Math.Sign(net);
        }

        return (long)Open - Low <= (long)High - Open ? 1 : -1;
    }

    /// <summary>Renews what to watch for, after everything of a candle has happened.</summary>
    public void RenewWatch(int candle, RunRange range, bool lookAtNext)
    {
        var lowAtOrBelow = Math.Max(Book.LowAtOrBelow, LiquidationLow);
        var highAtOrAbove = Math.Min(Book.HighAtOrAbove, LiquidationHigh);
        var closeAtOrBelow = Math.Max(Plan.WakeAtOrBelow, Book.WaitingAtOrBelow);
        var closeAtOrAbove = Math.Min(Plan.WakeAtOrAbove, Book.WaitingAtOrAbove);
        if (lowAtOrBelow != watch.LowAtOrBelow || highAtOrAbove != watch.HighAtOrAbove ||
            closeAtOrBelow != watch.CloseAtOrBelow || closeAtOrAbove != watch.CloseAtOrAbove)
        {
            watch.LowAtOrBelow = lowAtOrBelow;
            watch.HighAtOrAbove = highAtOrAbove;
            watch.CloseAtOrBelow = closeAtOrBelow;
            watch.CloseAtOrAbove = closeAtOrAbove;
            SearchIsStale = true;
        }

        Ahead.Learn(watch);
        var forced = lookAtNext ? candle + 1 : NextForced(candle, range);
        if (forced != ForcedCandle)
        {
            Force(forced);
        }

        // Candles until the next that is looked at close within the watch.
        lowestClose = Math.Min(lowestClose, Math.Min(Close, Math.Max(lowAtOrBelow, closeAtOrBelow) + 1));
        highestClose = Math.Max(highestClose, Math.Max(Close, Math.Min(highAtOrAbove, closeAtOrAbove) - 1));
    }

    /// <summary>The same as <see cref="RenewWatch"/>, where there are <see cref="HasOnlyLimits"/> and no watch of margin.</summary>
    public void RenewReach(int candle)
    {
        watch.LowAtOrBelow = Book.Bids.Reach;
        watch.HighAtOrAbove = Book.Asks.Reach;
        watch.CloseAtOrBelow = int.MinValue;
        watch.CloseAtOrAbove = int.MaxValue;
        SearchIsStale = true;
        Ahead.Learn(watch);
        var forced = HasPosition ? Funding.NextCandle(candle) : int.MaxValue;
        if (forced != ForcedCandle)
        {
            Force(forced);
        }

        lowestClose = Math.Min(lowestClose, Math.Min(Close, watch.LowAtOrBelow + 1));
        highestClose = Math.Max(highestClose, Math.Max(Close, watch.HighAtOrAbove - 1));
    }

    private void Force(int candle)
    {
        ForcedCandle = candle;
        SearchIsStale = true;
        if (candle < Candles.Count - Offset)
        {
            Candles.PrefetchCandle(candle + Offset);
        }
    }

    private int NextForced(int candle, RunRange range)
    {
        var next = candle + 1;
        if (Plan.WakeEveryClose || Book.HasOrdersAtOpen || (FundingBooked && Plan.WakeOnFunding))
        {
            return next;
        }

        var forced = HasPosition ? Funding.NextCandle(candle) : int.MaxValue;
        var time = Math.Min(Plan.WakeTime, ShownRulesEnd);
        if (time != long.MaxValue)
        {
            // The first candle whose close time, open + interval, is at or after the wake time.
            var steps = (Int128)time - range.StartTime - 1;
            var wake = steps < 0 ? 0 : steps / range.Interval;
            forced = (int)Int128.Min(forced, Int128.Max(next, wake));
        }

        if (Plan.WakeColumn > 0 || Book.HasColumnOrders)
        {
            forced = Math.Min(forced, ColumnSearch.Next(this, next, Math.Min(forced, range.Count)));
        }

        return forced;
    }
}
