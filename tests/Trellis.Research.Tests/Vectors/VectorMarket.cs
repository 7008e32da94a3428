using System.Text.Json.Nodes;
using Trellis.Core.Markets;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Vectors;

/// <summary>The instrument, candles and funding of a vector.</summary>
internal static class VectorMarket
{
    public static LaneSetup Of(JsonObject document) =>
        LaneSetup.Create(InstrumentOf(document["instrument"]!), CandlesOf(document["candles"]!), Funding(document["funding"]));

    private static Instrument InstrumentOf(JsonNode given) => new()
    {
        Id = new InstrumentId("example", given["market"].Choice(MarketKind.Perp), "BTCUSDT"),
        BaseCurrency = "BTC",
        QuoteCurrency = "USDT",
        ContractMultiplier = given["multiplier"].NumberOrNull() ?? 1m,
        FeeCurrency = given["fee_currency"].Choice(FeeCurrency.Quote),
        Rules = [.. given["rules"]!.AsArray().Select(rules => new InstrumentRules
        {
            ValidFrom = DateTimeOffset.FromUnixTimeMilliseconds((long)rules!["valid_from"].NumberOrNull().GetValueOrDefault()),
            TickSize = rules["tick_size"].Number(),
            LotSize = rules["lot_size"].Number(),
            MinQuantity = rules["min_quantity"].NumberOrNull().GetValueOrDefault(),
            MinNotional = rules["min_notional"].NumberOrNull().GetValueOrDefault(),
            MakerFee = rules["maker_fee"].Number(),
            TakerFee = rules["taker_fee"].Number(),
        })],
        LeverageTiers = [.. (given["tiers"]?.AsArray() ?? []).Select(tier => new LeverageTier(
            tier!["notional_cap"].Number(),
            tier["maintenance_rate"].Number(),
            tier["deduction"].NumberOrNull().GetValueOrDefault(),
            tier["max_leverage"].Number()))],
    };

    private static CandleSeries CandlesOf(JsonNode given)
    {
        var rows = given["rows"]!.AsArray();
        var decimals = given["price_decimals"].CountOrNull()!.Value;
        var scale = 1m;
        for (var i = 0; i < decimals; i++)
        {
            scale *= 10;
        }

        var columns = Enumerable.Range(0, 4).Select(_ => new int[rows.Count]).ToArray();
        for (var k = 0; k < rows.Count; k++)
        {
            for (var c = 0; c < 4; c++)
            {
                columns[c][k] = rows[k] is { } row ? (int)(row[c].Number() * scale)
                    : c switch { 1 => int.MinValue, 2 => int.MaxValue, _ => columns[3][k - 1] };
            }
        }

        return new CandleSeries
        {
            Instrument = new InstrumentId("example", MarketKind.Perp, "BTCUSDT"),
            Interval = Interval.OneMinute,
            StartTime = (long)given["start"].Number(),
            PriceDecimals = decimals,
            Open = columns[0],
            High = columns[1],
            Low = columns[2],
            Close = columns[3],
        };
    }

    private static IReadOnlyList<FundingRate> Funding(JsonNode? given) =>
        [.. (given?.AsArray() ?? []).Select(row => new FundingRate(row![0]!.GetValue<long>(), row[1].Number(), row[2].NumberOrNull()))];
}
