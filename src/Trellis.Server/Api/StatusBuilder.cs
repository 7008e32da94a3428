using Trellis.Core.Trading;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Views;
using Trellis.Engine;

namespace Trellis.Server.Api;

/// <summary>An engine's state in the words of the API.</summary>
public static class StatusBuilder
{
    public static StatusMessage Build(string account, string mode, TradingSettings settings, EngineStatus status)
    {
        var view = status.View;
        var health = status.Health;
        return new StatusMessage(
            account,
            mode,
            view.Time,
            view.Reconciliation.IsReconciled,
            view.Reconciliation.Problem,
            view.KilledBy,
            view.Forbidden,
            settings.Currency,
            view.Equity,
            new HealthMessage(
                health.MarketStreamUp, health.UserStreamUp, health.ClockOffset, Math.Round(health.UsedWeightPercent, 1), health.CircuitOpen, status.Sequence, status.Committed,
                status.StorageTrouble, status.Waiting, status.Requests),
            [.. view.Bots.Select(bot => Bot(settings, bot))],
            [.. view.Markets.Select(market => new MarketMessage(Instrument(settings, market.Market), market.Bid, market.Ask, market.LastClose, market.Size, market.ForeignSize))],
            [.. view.Orders.Select(order => Order(settings, order))],
            [.. view.ForeignOrders.Select(order => new ForeignOrderMessage(
                order.Instrument.ToString(), order.ClientOrderId, order.VenueOrderId, order.Side.ToString(), order.Price, order.Quantity))]);
    }

    private static BotMessage Bot(TradingSettings settings, BotView bot) => new(
        bot.Name,
        bot.State.ToString(),
        bot.Reason,
        bot.Realized,
        bot.Unrealized,
        bot.Fees,
        bot.Funding,
        [.. bot.Positions.Select(position => new PositionMessage(Instrument(settings, position.Market), position.Side.ToString(), position.Size, position.EntryPrice, position.Unrealized))],
        bot.Report is { } report ? new StrategyMessage(report.State, report.Pairs, report.Matched.ToDecimal(), [.. report.Notes.Select(note => new NoteMessage(note.Key, note.Value))]) : null);

    private static OrderMessage Order(TradingSettings settings, ManagedOrder order)
    {
        var intent = order.Intent;
        return new OrderMessage(
            settings.Bots[intent.Bot].Name,
            Instrument(settings, intent.Market),
            intent.ClientOrderId,
            order.VenueOrderId,
            intent.Side.ToString(),
            intent.Kind.ToString(),
            intent.Price,
            intent.TriggerPrice,
            intent.Quantity,
            order.BookedQuantity,
            order.State.ToString(),
            order.Reason);
    }

    private static string Instrument(TradingSettings settings, int market) => settings.Markets[market].Instrument.Id.ToString();
}
