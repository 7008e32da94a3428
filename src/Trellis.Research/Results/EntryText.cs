using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>One entry in the words and decimals of <c>fills.csv</c> and of the hash of all fills (docs/result.md).</summary>
internal readonly record struct EntryText(
    long Time,
    string Bot,
    string Instrument,
    string Slot,
    int Cycle,
    string Kind,
    string Liquidity,
    string Side,
    string PositionSide,
    string Price,
    string Quantity,
    string Notional,
    string Fee,
    string FeeCurrency,
    string FeeAmount,
    string Realized,
    string Funding,
    string Wallet,
    string Position)
{
    public static EntryText Of(in RunEntry entry, ResultLane lane, RunRange range)
    {
        var units = lane.Units;
        var inBase = entry.BaseFee != 0;
        return new EntryText(
            range.TimeOf(entry.Candle),
            lane.BotName,
            lane.Instrument.ToString(),
            lane.SlotName(entry),
            entry.Cycle,
            KindOf(entry.Kind),
            entry.Kind switch { EntryKind.Limit => "maker", EntryKind.Funding => "", _ => "taker" },
            entry.Side == Core.Orders.Side.Buy ? "buy" : "sell",
            PositionSideOf(entry.PositionSide),
            CanonicalText.Of(units.ToPrice(entry.Price)),
            CanonicalText.Of(units.ToQuantity(entry.Quantity)),
            CanonicalText.Of(units.Notional(entry.Price, entry.Quantity)),
            CanonicalText.Of(entry.Fee),
            !entry.IsFill ? "" : inBase ? units.Instrument.BaseCurrency : units.Instrument.QuoteCurrency,
            !entry.IsFill ? "" : inBase ? CanonicalText.Of(BaseCurrencyAmount(entry.BaseFee, units)) : CanonicalText.Of(-entry.Fee),
            CanonicalText.Of(entry.Realized),
            CanonicalText.Of(entry.Funding),
            CanonicalText.Of(entry.WalletAfter),
            CanonicalText.Of(units.ToQuantity(entry.SizeAfter)));
    }

    public static string PositionSideOf(PositionSide side) => side switch
    {
        Core.Orders.PositionSide.Long => "long",
        Core.Orders.PositionSide.Short => "short",
        _ => "net",
    };

    private static string KindOf(EntryKind kind) => kind switch
    {
        EntryKind.Limit => "limit",
        EntryKind.Market => "market",
        EntryKind.Taker => "taker",
        EntryKind.Trigger => "trigger",
        EntryKind.Liquidation => "liquidation",
        _ => "funding",
    };

    private static decimal BaseCurrencyAmount(long quantity, InstrumentUnits units) => units.ToQuantity(quantity) * units.Instrument.ContractMultiplier;
}
