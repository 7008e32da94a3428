using System.Globalization;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>How an account trades: leverage, margin and position mode, fees.</summary>
internal static class SettingEndpoints
{
    public static async ValueTask SetLeverage(BinanceCall call)
    {
        var symbol = call.Symbol();
        var leverage = call.Parameters.RequiredLong("leverage");
        var tiers = call.Services.Exchange.Read(engine => engine.Instruments[symbol.Instrument].Instrument.LeverageTiers);
        if (leverage is < 1 or > 1000 || (tiers.Count > 0 && leverage > tiers[0].MaxLeverage))
        {
            throw new RequestRefusedException(new BinanceError(-4028, $"Leverage {leverage} is not valid"));
        }

        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<object>(time => new SetLeverage(time, account, symbol.Instrument, (int)leverage));
        OrderActions.Value(call, symbol, outcome, RefusedAction.ChangeLeverage, isMarket: false);
        call.Answer.WriteStartObject();
        call.Answer.WriteString("symbol"u8, symbol.Name);
        call.Answer.WriteNumber("leverage"u8, leverage);
        call.Answer.WriteString("maxNotionalValue"u8, Most(LeverageBrackets.MaxNotional(tiers, (int)leverage)));
        call.Answer.WriteEndObject();
    }

    public static async ValueTask SetMarginType(BinanceCall call)
    {
        var symbol = call.Symbol();
        var mode = call.Parameters.Required("marginType") switch
        {
            "CROSSED" => MarginMode.Cross,
            "ISOLATED" => MarginMode.Isolated,
            _ => throw new RequestRefusedException(RequestErrors.Invalid("marginType")),
        };
        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<object>(time => new SetMarginMode(time, account, symbol.Instrument, mode));
        OrderActions.Value(call, symbol, outcome, RefusedAction.ChangeMarginType, isMarket: false);
        ServerEndpoints.WriteDone(call);
    }

    /// <summary>Only isolated positions have margin of their own.</summary>
    public static ValueTask AddPositionMargin(BinanceCall call)
    {
        call.Symbol();
        if (call.Parameters.RequiredDecimal("amount") <= 0m)
        {
            throw new RequestRefusedException(new BinanceError(-4055, "Amount must be positive."));
        }

        if (call.Parameters.RequiredLong("type") is not (1 or 2))
        {
            throw new RequestRefusedException(RequestErrors.Invalid("type"));
        }

        throw new RequestRefusedException(RequestErrors.OnlyIsolated);
    }

    public static async ValueTask PositionMode(BinanceCall call)
    {
        var account = call.Account;
        var isHedge = (await call.Services.Exchange.ReadAsync(engine => engine.Summarize(account))).HedgeMode;
        call.Answer.WriteStartObject();
        call.Answer.WriteBoolean("dualSidePosition"u8, isHedge);
        call.Answer.WriteEndObject();
    }

    public static async ValueTask SetPositionMode(BinanceCall call)
    {
        var isHedge = call.Parameters.RequiredFlag("dualSidePosition");
        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<object>(time => new SetPositionMode(time, account, isHedge));
        OrderActions.Value(call, call.Services.Symbols.All[0], outcome, RefusedAction.ChangePositionMode, isMarket: false);
        ServerEndpoints.WriteDone(call);
    }

    public static ValueTask AssetMode(BinanceCall call)
    {
        call.Answer.WriteStartObject();
        call.Answer.WriteBoolean("multiAssetsMargin"u8, false);
        call.Answer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    public static ValueTask SetAssetMode(BinanceCall call) => throw new RequestRefusedException(
        call.Parameters.RequiredFlag("multiAssetsMargin") ? RequestErrors.NotSimulated("Multi-Assets mode is not simulated") : RequestErrors.AssetModeUnchanged);

    public static ValueTask FeeBurn(BinanceCall call)
    {
        call.Answer.WriteStartObject();
        call.Answer.WriteBoolean("feeBurn"u8, false);
        call.Answer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    public static ValueTask SetFeeBurn(BinanceCall call)
    {
        if (call.Parameters.RequiredFlag("feeBurn"))
        {
            throw new RequestRefusedException(RequestErrors.NotSimulated("paying fees in BNB is not simulated"));
        }

        ServerEndpoints.WriteDone(call);
        return ValueTask.CompletedTask;
    }

    public static ValueTask SymbolConfiguration(BinanceCall call)
    {
        var account = call.Account;
        var symbols = call.SymbolOrAll().ToList();
        var settings = call.Services.Exchange.Read(engine => symbols
            .Select(symbol => (Symbol: symbol, Leverage: engine.Leverage(account, symbol.Instrument), Most: MostAt(engine, account, symbol)))
            .ToList());
        var writer = call.Answer;
        writer.WriteStartArray();
        foreach (var (symbol, leverage, most) in settings)
        {
            writer.WriteStartObject();
            writer.WriteString("symbol"u8, symbol.Name);
            writer.WriteString("marginType"u8, "CROSSED"u8);
            writer.WriteString("isAutoAddMargin"u8, "false"u8);
            writer.WriteNumber("leverage"u8, leverage);
            writer.WriteString("maxNotionalValue"u8, Most(most));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        return ValueTask.CompletedTask;
    }

    public static ValueTask CommissionRate(BinanceCall call)
    {
        var symbol = call.Symbol();
        var rules = call.Services.Exchange.Read(engine => ServerEndpoints.RulesNow(engine, engine.Instruments[symbol.Instrument]));
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteFixed("makerCommissionRate"u8, rules.MakerFee, 6);
        writer.WriteFixed("takerCommissionRate"u8, rules.TakerFee, 6);
        writer.WriteFixed("rpiCommissionRate"u8, rules.MakerFee, 6);
        writer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    /// <summary>An object with the parameter <c>symbol</c>, an array without.</summary>
    public static ValueTask LeverageBracket(BinanceCall call)
    {
        var tiers = call.Services.Exchange.Read(static engine => engine.Instruments.Select(instrument => instrument.Instrument.LeverageTiers).ToList());
        return TickerEndpoints.EachOrOne(call, (call, symbol) => LeverageBrackets.Write(call.Answer, symbol, tiers[symbol.Instrument]));
    }

    private static decimal MostAt(MatchingEngine engine, AccountId account, BinanceSymbol symbol) =>
        LeverageBrackets.MaxNotional(engine.Instruments[symbol.Instrument].Instrument.LeverageTiers, engine.Leverage(account, symbol.Instrument));

    private static string Most(decimal notional) => notional.ToString("F0", CultureInfo.InvariantCulture);
}
