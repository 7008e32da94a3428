using Trellis.Configuration.Model;
using Trellis.Core.Markets;
using Trellis.Core.Options;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Configuration.Writing;

/// <summary>Documents to start from, with every setting explained.</summary>
public static class Templates
{
    private static readonly Dictionary<string, Func<Document>> Known = new(StringComparer.Ordinal) { ["grid"] = Grid, ["dca"] = Dca, ["sma"] = Sma };

    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Formats { get; } = ["yaml", "json", "ini"];

    /// <summary>A template in a format, commented but for JSON, which has no comments; null where there is no such template or format.</summary>
    public static string? Write(string name, string format = "yaml") => !Known.TryGetValue(name, out var template) ? null : format switch
    {
        "yaml" => CommentedYaml.Write(template()),
        "json" => DocumentWriter.ToJson(template()),
        "ini" => CommentedIni.Write(template()),
        _ => null,
    };

    private static Document Grid() => On(new BotOptions
    {
        Name = "btc-grid",
        Instrument = "BTCUSDT",
        Grid = new GridOptions { Lower = 50_000m, Upper = 70_000m, Grids = 40, Spacing = GridSpacing.Geometric, Investment = 8_000m },
    });

    private static Document Dca() => On(new BotOptions
    {
        Name = "btc-dca",
        Instrument = "BTCUSDT",
        Dca = new DcaOptions
        {
            BaseOrderSize = 500m,
            SafetyOrderSize = 500m,
            MaxSafetyOrders = 6,
            DeviationPercent = 1.5m,
            StepScale = 1.2m,
            VolumeScale = 1.3m,
            TakeProfitPercent = 1.5m,
        },
    });

    private static Document Sma() => On(new BotOptions
    {
        Name = "btc-cross",
        Instrument = "BTCUSDT",
        Signal = new SignalOptions
        {
            Name = "sma-cross",
            Parameters = new NamedNumbers([KeyValuePair.Create("fast", 20m), KeyValuePair.Create("slow", 100m)]),
            Timeframe = Interval.Parse("1h"),
            Direction = SignalDirection.Both,
            Sizing = SignalSizing.RiskPerTrade,
            Size = 1m,
            Leverage = 3m,
            StopLossAtr = 3m,
            TakeProfitR = 3m,
        },
    });

    /// <summary>A bot on a made-up market.</summary>
    private static Document On(BotOptions bot) => new()
    {
        Account = new AccountOptions { Balance = 10_000m },
        Instruments =
        [
            new InstrumentOptions
            {
                Symbol = "BTCUSDT",
                Exchange = "binance",
                Market = MarketKind.Perp,
                Generate = new GenerateOptions
                {
                    Model = MarketModel.Regimes,
                    Seed = 42,
                    StartPrice = 60_000m,
                    From = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
                    Days = 90,
                },
            },
        ],
        Bots = [bot],
    };
}
