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
        var (trades, hasOtherRules) = (false, false);
        foreach (var lane in bot.Lanes)
        {
            // Rules change for a lane in a hole too, and the close of another lane asks.
            hasOtherRules |= closeTime >= lane.ShownRulesEnd;
            if (lane.IsHole)
            {
                continue;
            }

            trades = true;
            var plan = lane.Plan;
            if (plan.WakeEveryClose || lane.Close <= plan.WakeAtOrBelow || lane.Close >= plan.WakeAtOrAbove || closeTime >= plan.WakeTime ||
                (plan.WakeOnFunding && lane.FundingBooked) ||
                (plan.WakeColumn > 0 && lane.Columns.Wakes[plan.WakeColumn - 1][lane.Candle] != 0))
            {
                return true;
            }
        }

        return trades && hasOtherRules;
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
            // In a hole it is asked for another lane's sake: what was paid here wakes at the close behind the hole.
            lane.FundingBooked &= lane.IsHole;
            lane.Book.TakeOver(lane.Close);
        }
    }
}
