using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Options;
using Trellis.Core.Strategies.Grid;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Vectors;

/// <summary>A grid on candles in the form of docs/vectors/README.md, and what a run of it leaves behind in the same form.</summary>
internal sealed class GridCase
{
    private readonly JsonObject document;
    private readonly BacktestSetup setup;
    private readonly LaneSetup lane;
    private GridStrategy? strategy;

    public GridCase(JsonObject document)
    {
        this.document = document;
        var account = document["account"]!;
        var options = Options(document["grid"]!);
        var hedgeMode = IsTrue(account["hedge_mode"]);
        lane = LaneSetup.Create(InstrumentOf(document["instrument"]!), CandlesOf(document["candles"]!), Funding(document["funding"]));
        setup = new BacktestSetup
        {
            StartBalance = Money.FromDecimal(Number(account["balance"])),
            HedgeMode = hedgeMode,
            Optimistic = IsTrue(account["optimistic"]),
            Slippage = (long)(NumberOrNull(account["slippage_percent"]).GetValueOrDefault() * 1_000_000m),
            Bots = [new BotSetup { Name = "grid", Strategy = () => strategy = new GridStrategy(options, hedgeMode), Leverage = options.Leverage, Lanes = [lane] }],
        };
    }

    public RunOutcome Run(Engine engine) => new BacktestRun(setup, engine).Finish();

    public JsonObject Result(Engine engine)
    {
        var outcome = Run(engine);
        var units = lane.Units;
        var entries = new JsonArray();
        foreach (var entry in outcome.Entries)
        {
            var name = entry.Slot < 0 ? "" : strategy!.SlotName(0, entry.Slot, entry.Cycle);
            entries.Add(Row(
                Text(entry.Candle),
                Lower(entry.Kind),
                name,
                Lower(entry.Side),
                Text(units.ToPrice(entry.Price)),
                Text(units.ToQuantity(entry.Quantity)),
                Text(units.ToQuantity(entry.BaseFee)),
                new Money(entry.Fee).ToString(),
                new Money(entry.Realized).ToString(),
                new Money(entry.Funding).ToString()));
        }

        var report = outcome.Reports[0];
        return new JsonObject
        {
            ["entries"] = entries,
            ["wallet"] = outcome.Wallet.ToString(),
            ["equity"] = outcome.Equity.ToString(),
            ["matched"] = report.Matched.ToString(),
            ["pairs"] = Text(report.Pairs),
            ["state"] = report.State,
            ["refusals"] = Text(outcome.Refusals),
            ["liquidated_at"] = outcome.LiquidatedAt is { } candle ? Text(candle) : null,
            ["positions"] = new JsonArray([.. outcome.Positions.Select(position => (JsonNode)Row(Text(units.ToQuantity(position.Size)), position.Cost.ToString()))]),
        };
    }

    public JsonObject WithExpected(Engine engine)
    {
        var whole = document.DeepClone().AsObject();
        whole["expected"] = Result(engine);
        return whole;
    }

    private static JsonArray Row(params string[] cells) => new([.. cells.Select(cell => (JsonNode)cell)]);

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static bool IsTrue(JsonNode? node) => node?.GetValue<string>() == "true";

    private static decimal Number(JsonNode? node) => decimal.Parse(node!.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static decimal? NumberOrNull(JsonNode? node) => node is null ? null : Number(node);

    private static int? CountOrNull(JsonNode? node) => (int?)NumberOrNull(node);

    private static T Choice<T>(JsonNode? node, T otherwise)
        where T : struct, Enum => node is null ? otherwise : Enum.Parse<T>(node.GetValue<string>().Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static PriceOrPercent? Level(JsonNode? node) => node is not null && PriceOrPercent.TryParse(node.GetValue<string>(), out var level) ? level : null;

    private static GridOptions Options(JsonNode grid) => new()
    {
        Direction = Choice(grid["direction"], GridDirection.Long),
        Lower = NumberOrNull(grid["lower"]),
        Upper = NumberOrNull(grid["upper"]),
        Grids = CountOrNull(grid["grids"]),
        SpacingPercent = NumberOrNull(grid["spacing_percent"]),
        Levels = CountOrNull(grid["levels"]),
        Spacing = Choice(grid["spacing"], GridSpacing.Arithmetic),
        Sizing = Choice(grid["sizing"], GridSizing.EqualQuantity),
        Investment = Number(grid["investment"]),
        Leverage = NumberOrNull(grid["leverage"]) ?? 1m,
        InitialPurchase = grid["initial_purchase"] is { } purchase ? IsTrue(purchase) : null,
        StartPrice = NumberOrNull(grid["start_price"]),
        StopLoss = Level(grid["stop_loss"]),
        TakeProfit = Level(grid["take_profit"]),
        TrailingUp = IsTrue(grid["trailing_up"]),
        TrailingUpLimit = NumberOrNull(grid["trailing_up_limit"]),
        TrailingDown = IsTrue(grid["trailing_down"]),
        TrailingDownLimit = NumberOrNull(grid["trailing_down_limit"]),
        RebalanceThreshold = NumberOrNull(grid["rebalance_threshold"]),
        OnStop = Choice(grid["on_stop"], InventoryOnStop.Sell),
        PostOnly = grid["post_only"] is not { } post || IsTrue(post),
    };

    private static Instrument InstrumentOf(JsonNode given) => new()
    {
        Id = new InstrumentId("example", Choice(given["market"], MarketKind.Perp), "BTCUSDT"),
        BaseCurrency = "BTC",
        QuoteCurrency = "USDT",
        ContractMultiplier = NumberOrNull(given["multiplier"]) ?? 1m,
        FeeCurrency = Choice(given["fee_currency"], FeeCurrency.Quote),
        Rules = [.. given["rules"]!.AsArray().Select(rules => new InstrumentRules
        {
            ValidFrom = DateTimeOffset.FromUnixTimeMilliseconds((long)NumberOrNull(rules!["valid_from"]).GetValueOrDefault()),
            TickSize = Number(rules["tick_size"]),
            LotSize = Number(rules["lot_size"]),
            MinQuantity = NumberOrNull(rules["min_quantity"]).GetValueOrDefault(),
            MinNotional = NumberOrNull(rules["min_notional"]).GetValueOrDefault(),
            MakerFee = Number(rules["maker_fee"]),
            TakerFee = Number(rules["taker_fee"]),
        })],
        LeverageTiers = [.. (given["tiers"]?.AsArray() ?? []).Select(tier => new LeverageTier(
            Number(tier!["notional_cap"]),
            Number(tier["maintenance_rate"]),
            NumberOrNull(tier["deduction"]).GetValueOrDefault(),
            Number(tier["max_leverage"])))],
    };

    private static CandleSeries CandlesOf(JsonNode given)
    {
        var rows = given["rows"]!.AsArray();
        var decimals = CountOrNull(given["price_decimals"])!.Value;
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
                columns[c][k] = rows[k] is { } row ? (int)(Number(row[c]) * scale)
                    : c switch { 1 => int.MinValue, 2 => int.MaxValue, _ => columns[3][k - 1] };
            }
        }

        return new CandleSeries
        {
            Instrument = new InstrumentId("example", MarketKind.Perp, "BTCUSDT"),
            Interval = Interval.OneMinute,
            StartTime = (long)Number(given["start"]),
            PriceDecimals = decimals,
            Open = columns[0],
            High = columns[1],
            Low = columns[2],
            Close = columns[3],
        };
    }

    private static IReadOnlyList<FundingRate> Funding(JsonNode? given) =>
        [.. (given?.AsArray() ?? []).Select(row => new FundingRate(row![0]!.GetValue<long>(), Number(row[1]), NumberOrNull(row[2])))];
}
