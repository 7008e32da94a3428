using System.Text.Json;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.User;

/// <summary>ACCOUNT_UPDATE, ACCOUNT_CONFIG_UPDATE and MARGIN_CALL. The caller has begun the object with its name and times.</summary>
internal static class AccountEventJson
{
    /// <summary>Mean prices have no end; REST tells them as finely.</summary>
    private const int PriceDecimals = 12;

    public static void WriteUpdate(Utf8JsonWriter writer, SymbolTable symbols, AccountChanged changed)
    {
        writer.WriteStartObject("a"u8);
        writer.WriteString("m"u8, Word(changed.Reason));
        writer.WriteStartArray("B"u8);
        writer.WriteStartObject();
        writer.WriteString("a"u8, symbols.All[0].QuoteAsset);
        writer.WriteFixed("wb"u8, changed.WalletBalance, WireNumber.Money);
        writer.WriteFixed("cw"u8, changed.WalletBalance, WireNumber.Money);
        // Profits and fees of fills are no change of balance to Binance: only the wallet shows them.
        writer.WriteFixed("bc"u8, IsFill(changed.Reason) ? 0m : changed.Change, WireNumber.Money);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartArray("P"u8);
        foreach (var position in changed.Reason == BalanceReason.Funding ? [] : changed.Positions)
        {
            WritePosition(writer, symbols.All[position.Instrument], position);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteSetting(Utf8JsonWriter writer, SymbolTable symbols, AccountSettingChanged changed)
    {
        writer.WriteStartObject("ac"u8);
        writer.WriteString("s"u8, symbols.All[changed.Instrument].Name);
        writer.WriteNumber("l"u8, changed.Leverage);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteMarginCall(Utf8JsonWriter writer, SymbolTable symbols, MarginCalled called)
    {
        writer.WriteFixed("cw"u8, called.WalletBalance, WireNumber.Money);
        writer.WriteStartArray("p"u8);
        foreach (var position in called.Positions)
        {
            var symbol = symbols.All[position.Instrument];
            writer.WriteStartObject();
            writer.WriteString("s"u8, symbol.Name);
            writer.WriteString("ps"u8, position.Side.Word());
            writer.WriteFixed("pa"u8, position.Quantity, symbol.QuantityPrecision);
            writer.WriteString("mt"u8, "CROSSED"u8);
            writer.WriteString("iw"u8, "0"u8);
            writer.WriteFixed("mp"u8, position.MarkPrice, WireNumber.Money);
            writer.WriteFixed("up"u8, position.UnrealizedProfit, WireNumber.Money);
            writer.WriteFixed("mm"u8, position.MaintenanceMargin, WireNumber.Money);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter writer, BinanceSymbol symbol, PositionSummary position)
    {
        writer.WriteStartObject();
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteFixed("pa"u8, position.Quantity, position.Quantity == 0m ? 0 : symbol.QuantityPrecision);
        WritePrice(writer, "ep"u8, position.EntryPrice);
        WritePrice(writer, "bep"u8, position.BreakEvenPrice);
        writer.WriteFixed("cr"u8, position.RealizedProfit, position.RealizedProfit == 0m ? 0 : WireNumber.Money);
        writer.WriteFixed("up"u8, position.UnrealizedProfit, position.UnrealizedProfit == 0m ? 0 : WireNumber.Money);
        writer.WriteString("mt"u8, "cross"u8);
        writer.WriteString("iw"u8, "0"u8);
        writer.WriteString("ps"u8, position.Side.Word());
        writer.WriteEndObject();
    }

    private static void WritePrice(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal price) =>
        writer.WritePlain(name, decimal.Round(price, PriceDecimals));

    private static bool IsFill(BalanceReason reason) => reason is BalanceReason.Order or BalanceReason.Liquidation;

    private static string Word(BalanceReason reason) => reason switch
    {
        BalanceReason.Deposit => "DEPOSIT",
        BalanceReason.Withdrawal => "WITHDRAW",
        BalanceReason.Funding => "FUNDING_FEE",
        BalanceReason.Insurance => "INSURANCE_CLEAR",
        _ => "ORDER",
    };
}
