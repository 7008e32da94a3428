using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Options;
using Trellis.Core.Strategies.Signals;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Vectors;

/// <summary>A signal bot on candles in the form of docs/vectors/README.md, and what a run of it leaves behind in the same form.</summary>
internal sealed class SignalCase
{
    private readonly JsonObject document;
    private readonly BacktestSetup setup;
    private readonly LaneSetup lane;
    private SignalStrategy? strategy;

    public SignalCase(JsonObject document)
    {
        this.document = document;
        var account = document["account"]!;
        var hedgeMode = account["hedge_mode"].IsTrue();
        var options = Options(document["signal"]!);
        var signal = SignalRegistry.BuiltIn().Create(options.Name, options.Parameters);
        lane = VectorMarket.Of(document);
        setup = new BacktestSetup
        {
            StartBalance = Money.FromDecimal(account["balance"].Number()),
            HedgeMode = hedgeMode,
            Optimistic = account["optimistic"].IsTrue(),
            Slippage = (long)(account["slippage_percent"].NumberOrNull().GetValueOrDefault() * 1_000_000m),
            Bots = [new BotSetup { Name = "bot", Strategy = () => strategy = new SignalStrategy(options, signal, hedgeMode), Leverage = options.Leverage, Lanes = [lane] }],
        };
    }

    public JsonObject Result(Engine engine)
    {
        var outcome = new BacktestRun(setup, engine).Finish();
        var units = lane.Units;
        var entries = new JsonArray();
        foreach (var entry in outcome.Entries)
        {
            entries.Add(Row(
                Text(entry.Candle),
                Lower(entry.Kind),
                entry.Slot < 0 ? "" : strategy!.SlotName(0, entry.Slot, entry.Cycle),
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

    private static SignalOptions Options(JsonNode signal) => new()
    {
        Name = signal["name"]!.GetValue<string>(),
        Parameters = new NamedNumbers((signal["parameters"]?.AsObject() ?? []).Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Number()))),
        Timeframe = signal["timeframe"] is { } timeframe ? Interval.Parse(timeframe.GetValue<string>()) : null,
        Direction = signal["direction"].Choice(SignalDirection.Long),
        Sizing = signal["sizing"].Choice(SignalSizing.Fixed),
        Size = signal["size"].Number(),
        Leverage = signal["leverage"].NumberOrNull() ?? 1m,
        StopLossPercent = signal["stop_loss_percent"].NumberOrNull(),
        StopLossAtr = signal["stop_loss_atr"].NumberOrNull(),
        TakeProfitPercent = signal["take_profit_percent"].NumberOrNull(),
        TakeProfitAtr = signal["take_profit_atr"].NumberOrNull(),
        TakeProfitR = signal["take_profit_r"].NumberOrNull(),
        AtrPeriod = signal["atr_period"].CountOrNull() ?? 14,
        OnOpposite = signal["on_opposite"].Choice(OppositeSignal.Reverse),
        MaxBars = signal["max_bars"].CountOrNull(),
        CooldownBars = signal["cooldown_bars"].CountOrNull() ?? 0,
    };

    private static JsonArray Row(params string[] cells) => new([.. cells.Select(cell => (JsonNode)cell)]);

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
