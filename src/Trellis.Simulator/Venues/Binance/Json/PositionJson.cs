using System.Globalization;
using System.Text.Json;
using Trellis.Core.Matching.Accounts;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>What an account has on an instrument, with what surrounds the position.</summary>
/// <param name="BidNotional">Notional of its open buys.</param>
/// <param name="AskNotional">Notional of its open sells.</param>
/// <param name="MaxNotional">The largest position at its leverage.</param>
internal sealed record PositionView(BinanceSymbol Symbol, PositionSummary Position, decimal BidNotional, decimal AskNotional, decimal MaxNotional);

/// <summary>Positions as the account and position endpoints tell them.</summary>
internal static class PositionJson
{
    /// <summary>positionRisk v2 and <c>account.position</c>.</summary>
    public static void WriteRiskV2(Utf8JsonWriter writer, PositionView view)
    {
        var position = view.Position;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, view.Symbol.Name);
        writer.WriteFixed("positionAmt"u8, position.Quantity, view.Symbol.QuantityPrecision);
        WritePrice(writer, "entryPrice"u8, position.EntryPrice);
        WritePrice(writer, "breakEvenPrice"u8, position.BreakEvenPrice);
        writer.WriteFixed("markPrice"u8, position.MarkPrice, WireNumber.Money);
        writer.WriteFixed("unRealizedProfit"u8, position.UnrealizedProfit, WireNumber.Money);
        writer.WriteMoneyOrZero("liquidationPrice"u8, position.LiquidationPrice);
        writer.WriteString("leverage"u8, position.Leverage.ToString(CultureInfo.InvariantCulture));
        writer.WriteFixed("maxNotionalValue"u8, view.MaxNotional, 0);
        writer.WriteString("marginType"u8, "cross"u8);
        writer.WriteFixed("isolatedMargin"u8, 0m, WireNumber.Money);
        writer.WriteString("isAutoAddMargin"u8, "false"u8);
        writer.WriteString("positionSide"u8, position.Side.Word());
        writer.WriteMoneyOrZero("notional"u8, position.Notional);
        writer.WriteString("isolatedWallet"u8, "0"u8);
        writer.WriteNumber("updateTime"u8, position.UpdatedAt);
        writer.WriteEndObject();
    }

    /// <summary>positionRisk v3 and <c>v2/account.position</c>.</summary>
    public static void WriteRiskV3(Utf8JsonWriter writer, PositionView view)
    {
        var position = view.Position;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, view.Symbol.Name);
        writer.WriteString("positionSide"u8, position.Side.Word());
        writer.WriteFixed("positionAmt"u8, position.Quantity, view.Symbol.QuantityPrecision);
        WritePrice(writer, "entryPrice"u8, position.EntryPrice);
        WritePrice(writer, "breakEvenPrice"u8, position.BreakEvenPrice);
        writer.WriteFixed("markPrice"u8, position.MarkPrice, WireNumber.Money);
        // The WebSocket API spells it with a small r; REST with a capital one.
        writer.WriteFixed("unRealizedProfit"u8, position.UnrealizedProfit, WireNumber.Money);
        writer.WriteFixed("unrealizedProfit"u8, position.UnrealizedProfit, WireNumber.Money);
        writer.WriteMoneyOrZero("liquidationPrice"u8, position.LiquidationPrice);
        writer.WriteString("isolatedMargin"u8, "0"u8);
        writer.WriteMoneyOrZero("notional"u8, position.Notional);
        writer.WriteString("marginAsset"u8, view.Symbol.QuoteAsset);
        writer.WriteString("isolatedWallet"u8, "0"u8);
        writer.WriteMoneyOrZero("initialMargin"u8, position.InitialMargin + position.OpenOrderInitialMargin);
        writer.WriteMoneyOrZero("maintMargin"u8, position.MaintenanceMargin);
        writer.WriteMoneyOrZero("positionInitialMargin"u8, position.InitialMargin);
        writer.WriteMoneyOrZero("openOrderInitialMargin"u8, position.OpenOrderInitialMargin);
        writer.WriteNumber("adl"u8, 0);
        writer.WriteMoneyOrZero("bidNotional"u8, view.BidNotional);
        writer.WriteMoneyOrZero("askNotional"u8, view.AskNotional);
        writer.WriteNumber("updateTime"u8, position.UpdatedAt);
        writer.WriteEndObject();
    }

    /// <summary>An entry of account v2 and <c>account.status</c>.</summary>
    public static void WriteAccountV2(Utf8JsonWriter writer, PositionView view)
    {
        var position = view.Position;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, view.Symbol.Name);
        writer.WriteMoneyOrZero("initialMargin"u8, position.InitialMargin + position.OpenOrderInitialMargin);
        writer.WriteMoneyOrZero("maintMargin"u8, position.MaintenanceMargin);
        writer.WriteFixed("unrealizedProfit"u8, position.UnrealizedProfit, WireNumber.Money);
        writer.WriteMoneyOrZero("positionInitialMargin"u8, position.InitialMargin);
        writer.WriteMoneyOrZero("openOrderInitialMargin"u8, position.OpenOrderInitialMargin);
        writer.WriteString("leverage"u8, position.Leverage.ToString(CultureInfo.InvariantCulture));
        writer.WriteBoolean("isolated"u8, false);
        WritePrice(writer, "entryPrice"u8, position.EntryPrice);
        WritePrice(writer, "breakEvenPrice"u8, position.BreakEvenPrice);
        writer.WriteFixed("maxNotional"u8, view.MaxNotional, 0);
        writer.WriteMoneyOrZero("bidNotional"u8, view.BidNotional);
        writer.WriteMoneyOrZero("askNotional"u8, view.AskNotional);
        writer.WriteString("positionSide"u8, position.Side.Word());
        writer.WriteFixed("positionAmt"u8, position.Quantity, view.Symbol.QuantityPrecision);
        writer.WriteMoneyOrZero("notional"u8, position.Notional);
        writer.WriteString("isolatedWallet"u8, "0"u8);
        writer.WriteNumber("updateTime"u8, position.UpdatedAt);
        writer.WriteEndObject();
    }

    /// <summary>An entry of account v3 and <c>v2/account.status</c>.</summary>
    public static void WriteAccountV3(Utf8JsonWriter writer, PositionView view)
    {
        var position = view.Position;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, view.Symbol.Name);
        writer.WriteString("positionSide"u8, position.Side.Word());
        writer.WriteFixed("positionAmt"u8, position.Quantity, view.Symbol.QuantityPrecision);
        writer.WriteFixed("unrealizedProfit"u8, position.UnrealizedProfit, WireNumber.Money);
        writer.WriteFixed("isolatedMargin"u8, 0m, WireNumber.Money);
        writer.WriteMoneyOrZero("notional"u8, position.Notional);
        writer.WriteString("isolatedWallet"u8, "0"u8);
        writer.WriteMoneyOrZero("initialMargin"u8, position.InitialMargin + position.OpenOrderInitialMargin);
        writer.WriteMoneyOrZero("maintMargin"u8, position.MaintenanceMargin);
        writer.WriteNumber("updateTime"u8, position.UpdatedAt);
        writer.WriteEndObject();
    }

    private static void WritePrice(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal price)
    {
        if (price == 0m)
        {
            writer.WriteString(name, "0.0"u8);
            return;
        }

        writer.WritePlain(name, decimal.Round(price, 12));
    }
}
