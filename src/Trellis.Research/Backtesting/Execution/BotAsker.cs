namespace Trellis.Research.Backtesting.Execution;

/// <summary>Asks the bots: when, what they are shown, and that their plans are carried out (docs/backtest.md, section 5).</summary>
internal sealed class BotAsker(RunRange range)
{
    public bool IsToBeAsked(Bot bot, int candle)
    {
        if (bot.Context.HasFills)
        {
            return true;
        }

        var closeTime = range.TimeOf(candle + 1);
        foreach (var lane in bot.Lanes)
        {
            if (lane.IsHole)
            {
                continue;
            }

            var plan = lane.Plan;
            if (plan.WakeEveryClose || lane.Close <= plan.WakeAtOrBelow || lane.Close >= plan.WakeAtOrAbove || closeTime >= plan.WakeTime || closeTime >= lane.ShownRulesEnd ||
                (plan.WakeOnFunding && lane.FundingBooked) ||
                (plan.WakeColumn > 0 && lane.Columns.Wakes[plan.WakeColumn - 1][lane.Candle] != 0))
            {
                return true;
            }
        }

        return false;
    }

    public void Ask(Bot bot, int candle)
    {
        var context = bot.Context;
        context.Time = range.TimeOf(candle + 1);
        foreach (var lane in bot.Lanes)
        {
            var view = lane.View;
            if (context.Time >= lane.ShownRulesEnd)
            {
                view.Rules = lane.Rules.At(context.Time, out var until);
                lane.ShownRulesEnd = until;
            }

            view.Candle = lane.Candle;
            view.Close = lane.Close;
            view.LongPosition = Math.Max(lane.First, 0);
            view.ShortPosition = -Math.Min(lane.First, 0) - lane.Second;
            view.ProfitBase = lane.Cash;
            lane.Plan.ClearWakes();
        }

        bot.Strategy.Decide(context);
        context.ClearFills();
        foreach (var lane in bot.Lanes)
        {
            lane.FundingBooked = false;
            lane.Book.TakeOver(lane.Close);
        }
    }
}
