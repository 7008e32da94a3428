using Trellis.Core.Numerics;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Quotes;

namespace Trellis.Core.Trading.Bots;

/// <summary>Asks strategies: at a close that meets a wake condition, and at once when own fills came (docs/backtest.md, section 5).</summary>
internal sealed class Asking(LoopState state, BotLife life)
{
    /// <summary>A candle of a market is over.</summary>
    public void AtClose(MarketState market)
    {
        foreach (var bot in state.Bots)
        {
            if (MayAsk(bot) && IsDue(bot, market))
            {
                Ask(bot, market.Candles.EndTime);
            }
        }
    }

    /// <summary>Fills came.</summary>
    public void Pending()
    {
        foreach (var bot in state.Bots)
        {
            if (bot.AskNow && bot.WasAsked && MayAsk(bot))
            {
                Ask(bot, state.Now);
            }
        }
    }

    private bool MayAsk(BotRun bot) => state is { HasStarted: true, IsStopping: false } && bot is { State: BotState.Running, Strategy: not null };

    private bool IsDue(BotRun bot, MarketState market)
    {
        var isHere = false;
        var isWoken = false;
        foreach (var lane in bot.Lanes)
        {
            isHere |= ReferenceEquals(lane.Market, market);
            isWoken |= ReferenceEquals(lane.Market, market) && IsWoken(bot, lane);
        }

        return isHere && (bot.WasAsked ? isWoken || bot.AskNow || bot.AskAtClose : MayBegin(bot));
    }

    /// <summary>The first asking decides on start prices: only once the account is understood and every market has a close.</summary>
    private bool MayBegin(BotRun bot) => state is { IsReconciled: true, IsKilled: false } && bot.Lanes.All(lane => lane.Market.Candles.Count > 0);

    private bool IsWoken(BotRun bot, BotLane lane)
    {
        var plan = lane.Plan;
        var close = lane.Market.Candles.LastClose;
        if (plan.WakeEveryClose || close <= plan.WakeAtOrBelow || close >= plan.WakeAtOrAbove || lane.Market.Candles.EndTime >= plan.WakeTime || (plan.WakeOnFunding && lane.WasFunded))
        {
            return true;
        }

        return plan.WakeColumn > 0 && Columns(bot, lane) is { } columns && columns.Wakes[plan.WakeColumn - 1][lane.Market.Candles.Count - 1] != 0;
    }

    private Strategies.LaneColumns? Columns(BotRun bot, BotLane lane)
    {
        try
        {
            return lane.Columns(bot.Strategy!);
        }
#pragma warning disable CA1031 // A strategy is foreign code: whatever it throws ends its bot, not the loop.
        catch (Exception error)
#pragma warning restore CA1031
        {
            life.Fail(bot, error.Message);
            return null;
        }
    }

    private void Ask(BotRun bot, long time)
    {
        var context = bot.Context!;
        bot.LastAsked = Math.Max(bot.LastAsked, time);
        context.Time = bot.LastAsked;
        bot.Wallet.Balance = Money.FromDecimal(bot.Settings.Capital + bot.Book.Earned);
        foreach (var lane in bot.Lanes)
        {
            lane.Show();
            lane.WasFunded = false;
        }

        (bot.WasAsked, bot.AskNow, bot.AskAtClose) = (true, false, false);
        try
        {
            foreach (var lane in bot.Lanes)
            {
                lane.Columns(bot.Strategy!);
            }

            bot.Strategy!.Decide(context);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception error)
#pragma warning restore CA1031
        {
            life.Fail(bot, error.Message);
        }

        context.ClearFills();
        foreach (var lane in bot.Lanes)
        {
            if (lane.Plan.Changes.Length > 0)
            {
                lane.Plan.AcceptChanges();
                state.RiskIsDirty = true;
            }

            // What may be closed, or has been dropped, follows from fills even where the plan stands.
            lane.IsDirty = true;
        }
    }
}
