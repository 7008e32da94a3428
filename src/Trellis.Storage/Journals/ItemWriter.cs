using System.Data.Common;
using System.Globalization;
using Trellis.Core.Trading.Effects;
using Trellis.Engine.Journal;

namespace Trellis.Storage.Journals;

/// <summary>Writes an input and what followed from it as rows.</summary>
internal sealed class ItemWriter(JournalStatements statements, JournalIdentity identity, JournalNames names)
{
    public async Task WriteAsync(DbTransaction transaction, JournalItem item, CancellationToken cancellation)
    {
        var hash = EffectsHash.Of(item.Effects).ToString("x16", CultureInfo.InvariantCulture);
        await statements.Inputs.WriteAsync(
            transaction, cancellation, identity.Account, item.Sequence, item.Input.Time, InputCodec.KindOf(item.Input), InputCodec.Write(item.Input), hash);
        var entries = 0;
        var alerts = 0;
        foreach (var effect in item.Effects)
        {
            await (effect switch
            {
                OrderStateChanged change => WriteOrderAsync(transaction, item, change, cancellation),
                FillBooked fill => WriteFillAsync(transaction, item, fill, cancellation),
                LedgerPosted posted => WriteEntryAsync(transaction, item, posted, entries++, cancellation),
                BotStateChanged bot => statements.Bots.WriteAsync(
                    transaction, cancellation, identity.Account, BotOf(bot.Bot), bot.State.ToString(), bot.Reason, item.Sequence, item.Input.Time),
                Alert alert => statements.Alerts.WriteAsync(
                    transaction, cancellation, identity.Account, item.Sequence, alerts++, alert.Level.ToString(), alert.Code, BotOf(alert.Bot), alert.Text, item.Input.Time),
                _ => Task.CompletedTask,
            });
        }
    }

    private Task WriteOrderAsync(DbTransaction transaction, JournalItem item, OrderStateChanged change, CancellationToken cancellation)
    {
        var order = change.Order;
        var intent = order.Intent;
        return statements.Orders.WriteAsync(
            transaction,
            cancellation,
            identity.Account,
            intent.ClientOrderId,
            BotOf(intent.Bot),
            names.Markets[intent.Market],
            order.Lane,
            order.Slot,
            order.Cycle,
            intent.Side.ToString(),
            intent.PositionSide.ToString(),
            intent.Kind.ToString(),
            intent.Price,
            intent.TriggerPrice,
            intent.Quantity,
            order.BookedQuantity,
            order.State.ToString(),
            order.VenueOrderId,
            order.Reason,
            order.CreatedAt,
            order.UpdatedAt,
            item.Sequence);
    }

    private Task WriteFillAsync(DbTransaction transaction, JournalItem item, FillBooked booked, CancellationToken cancellation)
    {
        var fill = booked.Fill;
        return statements.Fills.WriteAsync(
            transaction,
            cancellation,
            identity.Account,
            fill.Instrument.ToString(),
            fill.TradeId,
            fill.Side.ToString(),
            BotOf(booked.Bot),
            booked.Slot,
            fill.ClientOrderId,
            fill.VenueOrderId,
            fill.PositionSide.ToString(),
            fill.Price,
            fill.Quantity,
            fill.Fee,
            fill.FeeCurrency,
            booked.Realized,
            fill.IsMaker,
            fill.Time,
            item.Sequence);
    }

    private async Task WriteEntryAsync(DbTransaction transaction, JournalItem item, LedgerPosted posted, int entry, CancellationToken cancellation)
    {
        var number = 0;
        foreach (var posting in posted.Entry.Postings)
        {
            var account = posting.Account;
            await statements.Postings.WriteAsync(
                transaction,
                cancellation,
                identity.Account,
                item.Sequence,
                entry,
                number++,
                account.Kind.ToString(),
                account.Currency,
                account.Owner.Bot,
                account.Owner.Instrument,
                account.Owner.Side.ToString(),
                posting.Amount,
                posted.Entry.Text,
                posted.Reference,
                posted.Time);
        }
    }

    private string BotOf(int index) => index < 0 ? "" : names.Bots[index];
}
