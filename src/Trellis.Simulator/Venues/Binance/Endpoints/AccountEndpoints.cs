using System.Text.Json;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Limits;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>An account's money and positions.</summary>
internal static class AccountEndpoints
{
    public static async ValueTask Balance(BinanceCall call)
    {
        var account = call.Account;
        var summary = await call.Services.Exchange.ReadAsync(engine => engine.Summarize(account));
        call.Answer.WriteStartArray();
        AccountJson.WriteBalance(call.Answer, summary, Asset(call), Alias(call));
        call.Answer.WriteEndArray();
    }

    public static async ValueTask AccountV2(BinanceCall call)
    {
        var view = await ReadAsync(call, null, withEmpty: true);
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteNumber("feeTier"u8, 0);
        writer.WriteBoolean("feeBurn"u8, false);
        writer.WriteBoolean("canTrade"u8, call.Key!.MayTrade);
        writer.WriteBoolean("canDeposit"u8, true);
        writer.WriteBoolean("canWithdraw"u8, call.Key.MayWithdraw);
        writer.WriteNumber("updateTime"u8, 0);
        writer.WriteBoolean("multiAssetsMargin"u8, false);
        writer.WriteNumber("tradeGroupId"u8, -1);
        WriteMoneyAndPositions(call, view, PositionJson.WriteAccountV2);
        writer.WriteEndObject();
    }

    public static async ValueTask AccountV3(BinanceCall call)
    {
        var view = await ReadAsync(call, null, withEmpty: false);
        call.Answer.WriteStartObject();
        WriteMoneyAndPositions(call, view, PositionJson.WriteAccountV3);
        call.Answer.WriteEndObject();
    }

    public static ValueTask PositionsV2(BinanceCall call) => WritePositions(call, withEmpty: true, PositionJson.WriteRiskV2);

    public static ValueTask PositionsV3(BinanceCall call) => WritePositions(call, withEmpty: false, PositionJson.WriteRiskV3);

    public static async ValueTask AdlQuantiles(BinanceCall call)
    {
        var view = await ReadAsync(call, call.OptionalSymbol(), withEmpty: false);
        var writer = call.Answer;
        writer.WriteStartArray();
        foreach (var positions in view.Positions.Where(position => position.Position.Quantity != 0m).GroupBy(position => position.Symbol.Name, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("symbol"u8, positions.Key);
            writer.WriteStartObject("adlQuantile"u8);
            writer.WriteNumber("LONG"u8, 0);
            writer.WriteNumber("SHORT"u8, 0);
            writer.WriteNumber(view.Account.HedgeMode ? "HEDGE"u8 : "BOTH"u8, 0);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static async ValueTask Configuration(BinanceCall call)
    {
        var account = call.Account;
        var summary = await call.Services.Exchange.ReadAsync(engine => engine.Summarize(account));
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteNumber("feeTier"u8, 0);
        writer.WriteBoolean("canTrade"u8, call.Key!.MayTrade);
        writer.WriteBoolean("canDeposit"u8, true);
        writer.WriteBoolean("canWithdraw"u8, call.Key.MayWithdraw);
        writer.WriteBoolean("dualSidePosition"u8, summary.HedgeMode);
        writer.WriteNumber("updateTime"u8, 0);
        writer.WriteBoolean("multiAssetsMargin"u8, false);
        writer.WriteNumber("tradeGroupId"u8, -1);
        writer.WriteEndObject();
    }

    public static ValueTask TradingStatus(BinanceCall call)
    {
        call.Answer.WriteStartObject();
        call.Answer.WriteStartObject("indicators"u8);
        call.Answer.WriteEndObject();
        call.Answer.WriteNumber("updateTime"u8, call.Services.WireTime);
        call.Answer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    public static ValueTask OrderLimits(BinanceCall call)
    {
        ExchangeInfoJson.WriteLimits(call.Answer, RateLimit.Orders, call.Services.Context.Faults.LimitFactor);
        return ValueTask.CompletedTask;
    }

    private static async ValueTask WritePositions(BinanceCall call, bool withEmpty, Action<Utf8JsonWriter, PositionView> write)
    {
        var view = await ReadAsync(call, call.OptionalSymbol(), withEmpty);
        call.Answer.WriteStartArray();
        foreach (var position in view.Positions)
        {
            write(call.Answer, position);
        }

        call.Answer.WriteEndArray();
    }

    private static void WriteMoneyAndPositions(BinanceCall call, AccountView view, Action<Utf8JsonWriter, PositionView> write)
    {
        var writer = call.Answer;
        AccountJson.WriteTotals(writer, view.Account);
        writer.WriteStartArray("assets"u8);
        AccountJson.WriteAsset(writer, view.Account, Asset(call));
        writer.WriteEndArray();
        writer.WriteStartArray("positions"u8);
        foreach (var position in view.Positions)
        {
            write(writer, position);
        }

        writer.WriteEndArray();
    }

    private static ValueTask<AccountView> ReadAsync(BinanceCall call, BinanceSymbol? only, bool withEmpty)
    {
        var (account, symbols) = (call.Account, call.Services.Symbols);
        return call.Services.Exchange.ReadAsync(engine => AccountView.Read(engine, account, symbols, only, withEmpty));
    }

    /// <summary>Everything settles in one asset.</summary>
    private static string Asset(BinanceCall call) => call.Services.Symbols.All[0].QuoteAsset;

    /// <summary>Binance's short name of an account: four letters.</summary>
    private static string Alias(BinanceCall call)
    {
        const int Letters = 26;
        var value = call.Account.Value;
        return string.Create(4, value, static (text, value) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, value /= Letters)
            {
                text[i] = (char)('A' + (value % Letters));
            }
        });
    }
}
