using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Planning;

namespace Trellis.Core.Trading.Bots;

/// <summary>How a bot begins, pauses and ends, and the kill switch over all of them.</summary>
internal sealed class BotLife(LoopState state, Wishes wishes, OrderSender sender)
{
    /// <summary>The process begins: bots that have never begun do, where they should.</summary>
    public void BeginAll()
    {
        foreach (var bot in state.Bots)
        {
            if (bot is { HasBegun: false, Settings.StartsAtOnce: true })
            {
                Begin(bot, "started with the process");
            }
        }
    }

    public void Command(BotCommand command)
    {
        if (command.Bot < 0 || command.Bot >= state.Bots.Length)
        {
            return;
        }

        var bot = state.Bots[command.Bot];
        switch (command.Kind)
        {
            case BotCommandKind.Start when bot.State is BotState.Stopped or BotState.Failed && !HasOrders(bot):
                Begin(bot, $"started by {command.By}");
                break;
            case BotCommandKind.Start when bot.State == BotState.Paused:
            case BotCommandKind.Resume when bot.State == BotState.Paused:
                bot.AskAtClose = true;
                Change(bot, BotState.Running, $"resumed by {command.By}");
                break;
            case BotCommandKind.Pause when bot.State == BotState.Running:
                Change(bot, BotState.Paused, $"paused by {command.By}");
                break;
            case BotCommandKind.Stop when bot.State != BotState.Stopped || (command.ClosePosition && HasPosition(bot)):
                Stop(bot, command.ClosePosition, $"stopped by {command.By}");
                break;
            default:
                state.Outbox.Alert(AlertLevel.Information, "command-without-effect", bot.Index, $"{command.Kind} by {command.By}: the bot is {bot.State}{(HasOrders(bot) ? " and has orders" : "")}");
                break;
        }
    }

    public void Kill(bool on, bool closePositions, string by)
    {
        if (on && !state.IsKilled)
        {
            state.Outbox.Alert(AlertLevel.Critical, "kill-switch", -1, $"thrown by {by}: every order of ours is cancelled, and none is sent until it is released");
        }
        else if (!on && state.IsKilled)
        {
            state.Outbox.Alert(AlertLevel.Warning, "kill-switch-released", -1, $"released by {by}");
        }

        state.IsKilled = on;
        state.KilledBy = on ? by : "";
        if (!on)
        {
            state.Permission.Forget();
        }

        foreach (var bot in state.Bots)
        {
            if (on && closePositions && (bot.State != BotState.Stopped || HasPosition(bot)))
            {
                Stop(bot, closePosition: true, $"kill switch, thrown by {by}");
            }
        }

        state.Dirty();
    }

    public void Fail(BotRun bot, string why)
    {
        state.Outbox.Alert(AlertLevel.Error, "bot-failed", bot.Index, $"{bot.Name}: its strategy failed and is not asked again: {why}; orders that add risk are cancelled, orders that close stay");
        Change(bot, BotState.Failed, why);
    }

    /// <summary>Takes the next step of bots that are ending.</summary>
    public void Supervise()
    {
        foreach (var bot in state.Bots)
        {
            if (bot.State == BotState.Stopping && state.HasStarted && !HasOrders(bot) && (!bot.Closes || !Close(bot)))
            {
                Change(bot, BotState.Stopped, bot.Reason);
            }
        }
    }

    private void Begin(BotRun bot, string why)
    {
        bot.Begin();
        Change(bot, BotState.Running, why);
    }

    private void Stop(BotRun bot, bool closePosition, string why)
    {
        bot.Closes |= closePosition;
        Change(bot, BotState.Stopping, why);
    }

    private void Change(BotRun bot, BotState to, string why)
    {
        bot.State = to;
        bot.Reason = why;
        bot.Dirty();
        state.RiskIsDirty = true;
        state.Outbox.Add(new BotStateChanged(bot.Index, to, why));
    }

    private bool HasOrders(BotRun bot)
    {
        foreach (var order in state.Orders.Live)
        {
            if (order.Bot == bot.Index)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasPosition(BotRun bot) => bot.Lanes.Any(lane => lane.Book.Held(lane.Market.Index, 1) > 0 || lane.Book.Held(lane.Market.Index, -1) > 0);

    /// <summary>Closes what is held at market; called while the bot has no order.</summary>
    /// <returns>Whether something is left to be closed.</returns>
    private bool Close(BotRun bot)
    {
        var isLeft = false;
        foreach (var lane in bot.Lanes)
        {
            foreach (var direction in (ReadOnlySpan<int>)[1, -1])
            {
                var side = state.Settings.HedgeMode ? (PositionSide)direction : PositionSide.Net;
                var quantity = wishes.Reducible(lane, side, direction);
                if (quantity <= 0)
                {
                    continue;
                }

                isLeft = true;
                var holder = lane.Closing[(int)side + 1];
                if (state.Now < holder.NotBefore)
                {
                    state.Outbox.WakeBy(holder.NotBefore);
                }
                else if (holder.Order is null && state.Permission.IsGiven())
                {
                    holder.Cycle = ++lane.Closings;
                    holder.Attempts = 0;
                    sender.Place(bot, lane, -1, holder, new WantedOrder(Sides.FromSign(-direction), side, OrderKind.Market, 0m, quantity, PostOnly: false, ReduceOnly: !lane.Market.IsSpot, ClosePosition: false));
                }
            }
        }

        return isLeft;
    }
}
