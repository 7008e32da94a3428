using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;
using Trellis.Engine.Journal;

namespace Trellis.Storage.Tests.Journals;

/// <summary>Journal items that touch every table.</summary>
internal static class Items
{
    public const string Account = "binance/testnet/main";

    public static readonly InstrumentId Bitcoin = new("binance", MarketKind.Perp, "BTCUSDT");

    public static readonly JournalNames Names = new(["grid", "dca"], [Bitcoin.ToString()]);

    public static JournalItem Quote(long sequence) => new(sequence, new QuoteChanged(1_000 + sequence, 0, 100.10m, 100.2m), []);

    /// <summary>A fill with its order, its booking and its postings.</summary>
    public static JournalItem Fill(long sequence)
    {
        var fill = new VenueFill
        {
            Instrument = Bitcoin,
            TradeId = $"t{sequence}",
            VenueOrderId = $"v{sequence}",
            ClientOrderId = $"abcd{sequence}",
            Side = Side.Buy,
            Price = 60_000.10m,
            Quantity = 0.001m,
            Fee = 0.012000020m,
            FeeCurrency = "USDT",
            IsMaker = true,
            Time = 5_000 + sequence,
        };
        var order = new ManagedOrder
        {
            Intent = new OrderIntent
            {
                Market = 0,
                Bot = 0,
                ClientOrderId = fill.ClientOrderId,
                Side = Side.Buy,
                Kind = OrderKind.Limit,
                Price = fill.Price,
                Quantity = fill.Quantity,
            },
            Lane = 0,
            Slot = 7,
            Cycle = 3,
            State = OrderState.Filled,
            VenueOrderId = fill.VenueOrderId,
            BookedQuantity = fill.Quantity,
            ReportedQuantity = fill.Quantity,
            CreatedAt = 1,
            UpdatedAt = 2,
        };
        return new JournalItem(
            sequence,
            new FillReported(6_000 + sequence, fill),
            [
                new OrderStateChanged(order),
                new FillBooked(0, 0, "r0-c3-entry", fill, 0m),
                new LedgerPosted(LedgerEntries.Transfer("USDT", 12.3456789m), 7_000, fill.TradeId),
                new BotStateChanged(0, BotState.Running, "started"),
                new Alert(AlertLevel.Warning, "test-alert", -1, "something to tell"),
            ]);
    }

    /// <summary>The other fill of the same trade.</summary>
    public static JournalItem OtherSide(JournalItem item, long sequence)
    {
        var booked = item.Effects.OfType<FillBooked>().Single();
        var fill = booked.Fill with { Side = booked.Fill.Side.Opposite(), ClientOrderId = $"abcd{sequence}", VenueOrderId = $"v{sequence}", IsMaker = false };
        return new JournalItem(sequence, new FillReported(item.Input.Time + 1, fill), [booked with { Bot = 1, Fill = fill }]);
    }
}
