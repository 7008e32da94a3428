using System.Globalization;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Lists of orders, fills and income.</summary>
internal static class HistoryEndpoints
{
    public static async ValueTask OpenOrders(BinanceCall call)
    {
        var instrument = call.OptionalSymbol()?.Instrument ?? -1;
        var account = call.Account;
        var orders = await call.Services.Exchange.ReadAsync(engine => engine.OpenOrders(account, instrument));
        call.Answer.WriteStartArray();
        foreach (var order in orders)
        {
            OrderJson.Write(call.Answer, call.Services.Symbols.All[order.Request.Instrument], order, OrderShape.Query);
        }

        call.Answer.WriteEndArray();
    }

    public static async ValueTask AllOrders(BinanceCall call)
    {
        var symbol = call.Symbol();
        var page = HistoryPage.Read(call.Parameters, usual: 500, most: 1000);
        var firstId = call.Parameters.OptionalLong("orderId");
        var account = call.Account;
        var orders = await call.Services.Exchange.ReadAsync(engine =>
            page.Take(engine.Orders(account, symbol.Instrument), order => order.CreatedAt, order => order.Id, firstId));
        call.Answer.WriteStartArray();
        foreach (var order in orders)
        {
            OrderJson.Write(call.Answer, symbol, order, OrderShape.Query);
        }

        call.Answer.WriteEndArray();
    }

    public static async ValueTask ForceOrders(BinanceCall call)
    {
        var instrument = call.OptionalSymbol()?.Instrument ?? -1;
        var page = HistoryPage.Read(call.Parameters, usual: 50, most: 100);
        var type = call.Parameters.Optional("autoCloseType");
        if (type is not (null or "LIQUIDATION" or "ADL"))
        {
            throw new RequestRefusedException(RequestErrors.Invalid("autoCloseType"));
        }

        var account = call.Account;
        var orders = await call.Services.Exchange.ReadAsync(engine =>
            page.Take([.. engine.Orders(account, instrument).Where(order => order.IsLiquidation && type != "ADL")], order => order.CreatedAt, order => order.Id, null));
        call.Answer.WriteStartArray();
        foreach (var order in orders)
        {
            OrderJson.Write(call.Answer, call.Services.Symbols.All[order.Request.Instrument], order, OrderShape.Forced);
        }

        call.Answer.WriteEndArray();
    }

    public static async ValueTask UserTrades(BinanceCall call)
    {
        var symbol = call.Symbol();
        var page = HistoryPage.Read(call.Parameters, usual: 500, most: 1000);
        var fromId = call.Parameters.OptionalLong("fromId");
        var orderId = call.Parameters.OptionalLong("orderId");
        if (fromId is not null && (page.From is not null || page.To is not null))
        {
            throw new RequestRefusedException(new BinanceError(-1128, "Combination of optional parameters invalid."));
        }

        var account = call.Account;
        var fills = await call.Services.Exchange.ReadAsync(engine =>
        {
            var all = engine.Fills(account, symbol.Instrument);
            return page.Take(orderId is null ? all : [.. all.Where(fill => fill.OrderId == orderId)], fill => fill.Time, fill => fill.TradeId, fromId);
        });
        call.Answer.WriteStartArray();
        foreach (var fill in fills)
        {
            WriteFill(call, symbol, fill);
        }

        call.Answer.WriteEndArray();
    }

    public static async ValueTask Income(BinanceCall call)
    {
        var symbol = call.OptionalSymbol();
        var type = call.Parameters.Optional("incomeType");
        var page = HistoryPage.Read(call.Parameters, usual: 100, most: 1000);
        var skipped = (call.Parameters.OptionalLong("page") ?? 1) - 1;
        if (skipped is < 0 or > 1_000_000)
        {
            throw new RequestRefusedException(RequestErrors.Invalid("page"));
        }

        var account = call.Account;
        var all = await call.Services.Exchange.ReadAsync(engine => engine.Income(account));
        var wanted = all.Where(entry => (symbol is null || entry.Instrument == symbol.Instrument) && (type is null || entry.Kind.Word() == type)).ToList();
        var entries = skipped == 0
            ? page.Take(wanted, entry => entry.Time, entry => entry.Id, null)
            : [.. (page with { Limit = int.MaxValue }).Take(wanted, entry => entry.Time, entry => entry.Id, null).Skip((int)skipped * page.Limit).Take(page.Limit)];
        call.Answer.WriteStartArray();
        foreach (var entry in entries)
        {
            WriteIncome(call, entry);
        }

        call.Answer.WriteEndArray();
    }

    /// <summary>Newest first.</summary>
    public static async ValueTask Amendments(BinanceCall call)
    {
        var symbol = call.Symbol();
        var page = HistoryPage.Read(call.Parameters, usual: 50, most: 100);
        var orderId = call.Parameters.OptionalLong("orderId");
        var clientId = call.Parameters.Optional("origClientOrderId");
        var account = call.Account;
        var all = await call.Services.Exchange.ReadAsync(engine => engine.Amendments(account, symbol.Instrument));
        call.Answer.WriteStartArray();
        foreach (var amendment in all.Reverse()
            .Where(amendment => orderId is null ? clientId is null || amendment.ClientOrderId == clientId : amendment.OrderId == orderId)
            .Where(amendment => (page.From is null || amendment.Time >= page.From) && (page.To is null || amendment.Time <= page.To))
            .Take(page.Limit))
        {
            WriteAmendment(call, symbol, amendment);
        }

        call.Answer.WriteEndArray();
    }

    private static void WriteFill(BinanceCall call, BinanceSymbol symbol, Fill fill)
    {
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteString("pair"u8, symbol.Name);
        writer.WriteNumber("id"u8, fill.TradeId);
        writer.WriteNumber("orderId"u8, fill.OrderId);
        writer.WriteString("side"u8, fill.Side.Word());
        writer.WriteFixed("price"u8, fill.Price, symbol.PricePrecision);
        writer.WriteFixed("qty"u8, fill.Quantity, symbol.QuantityPrecision);
        writer.WriteFixed("baseQty"u8, fill.Quantity, symbol.QuantityPrecision);
        writer.WriteFixed("realizedPnl"u8, fill.RealizedProfit, WireNumber.Money);
        writer.WriteString("marginAsset"u8, symbol.QuoteAsset);
        writer.WriteFixed("quoteQty"u8, fill.Price * fill.Quantity, symbol.NotionalPrecision);
        writer.WriteFixed("commission"u8, fill.Fee, WireNumber.Money);
        writer.WriteString("commissionAsset"u8, symbol.QuoteAsset);
        writer.WriteNumber("time"u8, fill.Time);
        writer.WriteString("positionSide"u8, fill.PositionSide.Word());
        writer.WriteBoolean("buyer"u8, fill.Side == Side.Buy);
        writer.WriteBoolean("maker"u8, fill.IsMaker);
        writer.WriteEndObject();
    }

    private static void WriteIncome(BinanceCall call, IncomeBooked entry)
    {
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, entry.Instrument < 0 ? "" : call.Services.Symbols.All[entry.Instrument].Name);
        writer.WriteString("incomeType"u8, entry.Kind.Word());
        writer.WriteFixed("income"u8, entry.Amount, WireNumber.Money);
        writer.WriteString("asset"u8, call.Services.Symbols.All[Math.Max(0, entry.Instrument)].QuoteAsset);
        writer.WriteString("info"u8, entry.TradeId > 0 ? entry.TradeId.ToString(CultureInfo.InvariantCulture) : entry.Kind.Word());
        writer.WriteNumber("time"u8, entry.Time);
        writer.WriteNumber("tranId"u8, entry.Id);
        writer.WriteString("tradeId"u8, entry.TradeId > 0 ? entry.TradeId.ToString(CultureInfo.InvariantCulture) : "");
        writer.WriteEndObject();
    }

    private static void WriteAmendment(BinanceCall call, BinanceSymbol symbol, Amendment amendment)
    {
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteNumber("amendmentId"u8, amendment.Id);
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteString("pair"u8, symbol.Name);
        writer.WriteNumber("orderId"u8, amendment.OrderId);
        writer.WriteString("clientOrderId"u8, amendment.ClientOrderId);
        writer.WriteNumber("time"u8, amendment.Time);
        writer.WriteStartObject("amendment"u8);
        writer.WriteStartObject("price"u8);
        writer.WriteFixed("before"u8, amendment.PriceBefore, symbol.PricePrecision);
        writer.WriteFixed("after"u8, amendment.PriceAfter, symbol.PricePrecision);
        writer.WriteEndObject();
        writer.WriteStartObject("origQty"u8);
        writer.WriteFixed("before"u8, amendment.QuantityBefore, symbol.QuantityPrecision);
        writer.WriteFixed("after"u8, amendment.QuantityAfter, symbol.QuantityPrecision);
        writer.WriteEndObject();
        writer.WriteNumber("count"u8, amendment.Count);
        writer.WriteNumber("modifyId"u8, amendment.Id);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
