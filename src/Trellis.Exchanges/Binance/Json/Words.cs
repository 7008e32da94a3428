using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Exchanges.Binance.Json;

/// <summary>Binance's words and ours.</summary>
internal static class Words
{
    public const string Exchange = "binance";

    public static InstrumentId Instrument(string symbol) => new(Exchange, MarketKind.Perp, symbol);

    /// <summary>The exchange's name of an instrument.</summary>
    /// <exception cref="ConfigurationException">It is traded elsewhere: a spot order must never become one of a perpetual.</exception>
    public static string SymbolOf(InstrumentId instrument) => instrument is { Exchange: Exchange, Market: MarketKind.Perp }
        ? instrument.Symbol
        : throw new ConfigurationException($"instrument '{instrument}' is not traded by this adapter; allowed: {Exchange}/perp/SYMBOL");

    public static string Of(Side side) => side == Side.Buy ? "BUY" : "SELL";

    public static string Of(PositionSide side) => side switch { PositionSide.Long => "LONG", PositionSide.Short => "SHORT", _ => "BOTH" };

    public static Side SideOf(string word) => word switch
    {
        "BUY" => Side.Buy,
        "SELL" => Side.Sell,
        _ => throw new WireFormatException($"side '{word}' is not known; allowed: BUY, SELL"),
    };

    /// <param name="word">Empty where the exchange does not say: then it is one-way mode.</param>
    public static PositionSide PositionSideOf(string word) => word switch
    {
        "LONG" => PositionSide.Long,
        "SHORT" => PositionSide.Short,
        "BOTH" or "" => PositionSide.Net,
        _ => throw new WireFormatException($"position side '{word}' is not known; allowed: BOTH, LONG, SHORT"),
    };

    public static VenueOrderStatus StatusOf(string word) => word switch
    {
        "NEW" or "NEW_INSURANCE" or "NEW_ADL" => VenueOrderStatus.Open,
        "PARTIALLY_FILLED" => VenueOrderStatus.PartiallyFilled,
        "FILLED" => VenueOrderStatus.Filled,
        "CANCELED" => VenueOrderStatus.Canceled,
        "REJECTED" => VenueOrderStatus.Rejected,
        "EXPIRED" or "EXPIRED_IN_MATCH" => VenueOrderStatus.Expired,
        _ => throw new WireFormatException($"order status '{word}' is not known"),
    };

    /// <summary>Whether orders of a type wait for a trigger.</summary>
    public static bool IsConditional(string type) =>
        type.StartsWith("STOP", StringComparison.Ordinal) || type.StartsWith("TAKE_PROFIT", StringComparison.Ordinal) || type == "TRAILING_STOP_MARKET";

    /// <summary>Stops fire when the price runs away from an entry on their side, profits when it comes towards it.</summary>
    public static string TriggerType(Side side, OrderKind kind) =>
        (side == Side.Buy) == (kind == OrderKind.TriggerAtOrAbove) ? "STOP_MARKET" : "TAKE_PROFIT_MARKET";
}
