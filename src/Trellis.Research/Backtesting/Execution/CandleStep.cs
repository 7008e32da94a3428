namespace Trellis.Research.Backtesting.Execution;

/// <summary>Everything that happens in one candle, in the order of docs/backtest.md, section 3.</summary>
internal sealed partial class CandleStep(BacktestSetup setup, RunRange range, Lane[] lanes, Bot[] bots, Account account, LiquidationWatch liquidation)
{
    private readonly OrderFiller filler = new(setup, account);
    private readonly BotAsker asker = new(range);
    private readonly bool optimistic = setup.Optimistic;
    private readonly int[] adverseSides = new int[lanes.Length];
    private readonly int[] marks = new int[lanes.Length];

    /// <summary>The candle of the liquidation; null while there was none.</summary>
    public int? LiquidatedAt { get; private set; }

    /// <summary>The first candle of the range: nothing stands yet, every bot is asked.</summary>
    public void Start()
    {
        foreach (var lane in lanes)
        {
            Load(lane, 0);
        }

        foreach (var bot in bots)
        {
            asker.Ask(bot, 0);
        }

        liquidation.Renew();
        foreach (var lane in lanes)
        {
            RenewWatch(lane, 0);
        }
    }

    public void Run(int candle)
    {
        if (lanes.Length > 1)
        {
            RunTogether(candle);
        }
        else if (!TryRunUsual(lanes[0], candle))
        {
            RunAlone(lanes[0], candle);
        }
    }

    private void RunTogether(int candle)
    {
        foreach (var lane in lanes)
        {
            Load(lane, candle);
        }

        foreach (var lane in lanes)
        {
            if (IsSomethingDueAtOpen(lane, candle))
            {
                PayFunding(lane, candle);
            }
        }

        foreach (var lane in lanes)
        {
            if (IsSomethingDueAtOpen(lane, candle))
            {
                FillAtOpen(lane, candle);
            }
        }

        for (var i = 0; i < lanes.Length; i++)
        {
            adverseSides[i] = lanes[i].AdverseSide();
        }

        if (optimistic)
        {
            SweepAll(candle, -1);
        }

        SweepAll(candle, 1);
        if (CheckLiquidation(candle))
        {
            return;
        }

        if (!optimistic)
        {
            SweepAll(candle, -1);
        }

        foreach (var lane in lanes)
        {
            Release(lane);
        }

        foreach (var bot in bots)
        {
            if (asker.IsToBeAsked(bot, candle))
            {
                asker.Ask(bot, candle);
            }
        }

        liquidation.Renew();
        foreach (var lane in lanes)
        {
            RenewWatch(lane, candle);
        }
    }

    private void Load(Lane lane, int candle)
    {
        lane.Load(candle);
        lane.Rules.AdvanceTo(range.TimeOf(candle));
    }

    private static bool IsSomethingDueAtOpen(Lane lane, int candle) => lane.Book.HasOrdersAtOpen || candle >= lane.Funding.EarliestCandle;

    private void PayFunding(Lane lane, int candle)
    {
        while (lane.Funding.TryTake(candle, out var payment))
        {
            if (lane.IsSpot)
            {
                continue;
            }

            var mark = payment.MarkPrice > 0 ? payment.MarkPrice : lane.Open;
            account.BookFunding(lane, candle, second: false, mark, payment);
            account.BookFunding(lane, candle, second: true, mark, payment);
        }
    }

    private void FillAtOpen(Lane lane, int candle)
    {
        if (!lane.IsHole)
        {
            filler.FillAtOpen(lane, candle);
        }
    }

    /// <param name="candle">Candle of the run.</param>
    /// <param name="adverse">+1 for the adverse sides, −1 for the favourable ones.</param>
    private void SweepAll(int candle, int adverse)
    {
        for (var i = 0; i < lanes.Length; i++)
        {
            Sweep(lanes[i], candle, adverse * adverseSides[i]);
        }
    }

    private void Sweep(Lane lane, int candle, int side)
    {
        if (!lane.IsHole)
        {
            filler.Sweep(lane, candle, side);
        }
    }

    private bool CheckLiquidation(int candle)
    {
        if (account.IsPaidFor() || liquidation.IsQuiet())
        {
            return false;
        }

        for (var i = 0; i < lanes.Length; i++)
        {
            var lane = lanes[i];
            marks[i] = lane.IsHole ? lane.Close : adverseSides[i] > 0 ? lane.Low : lane.High;
        }

        if (!account.IsBelowMaintenance(marks))
        {
            return false;
        }

        foreach (var lane in lanes)
        {
            if (!lane.IsSpot)
            {
                account.Liquidate(lane, candle, second: false, marks[lane.Index]);
                account.Liquidate(lane, candle, second: true, marks[lane.Index]);
            }
        }

        foreach (var lane in lanes)
        {
            lane.Plan.Clear();
        }

        LiquidatedAt = candle;
        return true;
    }

    private static void Release(Lane lane)
    {
        if (!lane.IsHole)
        {
            lane.Book.Release(lane.Close);
        }
    }

    private void RenewWatch(Lane lane, int candle)
    {
        lane.Book.RenewNearest();
        lane.RenewWatch(candle, range, liquidation.LooksAtEveryCandle);
        lane.IsUsual = lane.HasOnlyLimits && liquidation.IsAtRest;
    }
}
