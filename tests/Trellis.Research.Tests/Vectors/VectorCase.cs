using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Vectors;

/// <summary>A bot on candles in the form of docs/vectors/README.md, and what a run of it leaves behind in the same form.</summary>
internal sealed class VectorCase
{
    private readonly JsonObject document;
    private readonly BacktestSetup setup;
    private readonly LaneSetup lane;
    private IStrategy? strategy;

    public VectorCase(JsonObject document)
    {
        this.document = document;
        var account = document["account"]!;
        var hedgeMode = account["hedge_mode"].IsTrue();
        var (create, leverage) = VectorStrategies.Of(document, hedgeMode);
        lane = VectorMarket.Of(document);
        setup = new BacktestSetup
        {
            StartBalance = Money.FromDecimal(account["balance"].Number()),
            HedgeMode = hedgeMode,
            Optimistic = account["optimistic"].IsTrue(),
            Slippage = (long)(account["slippage_percent"].NumberOrNull().GetValueOrDefault() * 1_000_000m),
            Bots = [new BotSetup { Name = "bot", Strategy = () => strategy = create(), Leverage = leverage, Lanes = [lane] }],
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
}
