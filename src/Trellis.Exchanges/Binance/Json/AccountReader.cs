using System.Globalization;
using System.Text.Json;
using Trellis.Core.Trading.Venues;

namespace Trellis.Exchanges.Binance.Json;

/// <summary>Reads fills, income, positions and balances as REST tells them.</summary>
internal static class AccountReader
{
    public static VenueFill Fill(JsonElement fill) => new()
    {
        Instrument = Words.Instrument(fill.Text("symbol")),
        TradeId = fill.Whole("id").ToString(CultureInfo.InvariantCulture),
        VenueOrderId = fill.Text("orderId"),
        Side = Words.SideOf(fill.Text("side")),
        PositionSide = Words.PositionSideOf(fill.TextOrEmpty("positionSide")),
        Price = fill.Number("price"),
        Quantity = fill.Number("qty"),
        Fee = fill.Number("commission"),
        FeeCurrency = fill.TextOrEmpty("commissionAsset"),
        IsMaker = fill.Flag("maker"),
        Time = fill.Whole("time"),
    };

    /// <summary>An entry of the wallet's history; null for what fills tell already.</summary>
    public static VenueIncome? Income(JsonElement entry)
    {
        var type = entry.Text("incomeType");
        if (type is "REALIZED_PNL" or "COMMISSION")
        {
            return null;
        }

        var kind = type switch
        {
            "FUNDING_FEE" => VenueIncomeKind.Funding,
            "TRANSFER" or "INTERNAL_TRANSFER" or "CROSS_COLLATERAL_TRANSFER" or "COIN_SWAP_DEPOSIT" or "COIN_SWAP_WITHDRAW" or "STRATEGY_UMFUTURES_TRANSFER" => VenueIncomeKind.Transfer,
            _ => VenueIncomeKind.Other,
        };
        var symbol = entry.TextOrEmpty("symbol");
        var currency = entry.Text("asset");
        // The exchange's number is unique within a type alone.
        return new VenueIncome(
            $"{type}:{symbol}:{currency}:{entry.Text("tranId")}", kind, symbol.Length == 0 ? null : Words.Instrument(symbol), currency, entry.Number("income"), entry.Whole("time"));
    }

    /// <summary>Positions that are open.</summary>
    /// <param name="leverages">By symbol; empty where they are not known.</param>
    public static IReadOnlyList<VenuePosition> Positions(JsonElement list, IReadOnlyDictionary<string, int> leverages)
    {
        var positions = new List<VenuePosition>();
        foreach (var position in list.Items())
        {
            var quantity = position.Number("positionAmt");
            if (quantity != 0m)
            {
                var symbol = position.Text("symbol");
                positions.Add(new VenuePosition(
                    Words.Instrument(symbol),
                    Words.PositionSideOf(position.TextOrEmpty("positionSide")),
                    quantity,
                    position.Number("entryPrice"),
                    position.NumberOrZero("markPrice"),
                    position.NumberOrZero("unRealizedProfit"),
                    position.NumberOrZero("liquidationPrice"),
                    leverages.GetValueOrDefault(symbol)));
            }
        }

        return positions;
    }

    public static IReadOnlyDictionary<string, int> Leverages(JsonElement list) =>
        list.ItemsBy("symbol", static item => (int)item.WholeOrZero("leverage"));

    public static IReadOnlyList<VenueBalance> Balances(JsonElement list) =>
        [.. list.Items().Select(item => new VenueBalance(item.Text("asset"), item.Number("balance"), item.Number("availableBalance")))];
}
