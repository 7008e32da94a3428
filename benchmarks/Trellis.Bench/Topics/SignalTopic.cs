using Trellis.Bench.Baselines;
using Trellis.Bench.Markets;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Core.Indicators;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies.Signals;
using Trellis.Data.Generation;
using Trellis.Research.Backtesting;

namespace Trellis.Bench.Topics;

using Engine = Research.Backtesting.Engine;

/// <summary>Indicator columns, and a bot that trades crosses of two averages.</summary>
internal sealed class SignalTopic : ITopic
{
    /// <summary>Nanoseconds per candle: of one average, and of a run beyond its averages.</summary>
    private const double Budget = 2.0;

    private static readonly (int Fast, int Slow)[] Windows = [(480, 2_000), (1_440, 7_200), (60, 240)];

    public string Name => "signal";

    public string Summary => "indicator columns over 1-minute candles, and an SMA cross with a bracket";

    public void Run(bool quick, TextWriter output)
    {
        var years = quick ? 1 : 4;
        var candles = SeededMarkets.Get(GeneratorModel.RandomWalk, seed: 7, years * SeededMarkets.Year);
        var rounds = quick ? 9 : 15;
        Columns(candles, rounds, output);
        output.WriteLine();
        Crosses(candles, rounds, output);
        output.WriteLine(
            $"""
            {years} year(s) of 1-minute candles, {Text.Count(candles.Count)}. Times are CPU time of the one thread, best of {rounds} rounds; windows differ from round to round as rows do.
            averages: both columns, written to memory that is there already. beyond: the whole run, signal column and preparation included, less the two averages (0 where it costs less than they do: the signal compares integer sums and divides nothing).
            naive: queues of doubles and running sums, without any trading. All engines left equal entries, equity and drawdown.
            """);
    }

    private static void Columns(CandleSeries candles, int rounds, TextWriter output)
    {
        var bars = BarSeries.Of(candles, candles.Interval);
        var (values, lower, upper) = (new double[candles.Count], new double[candles.Count], new double[candles.Count]);
        (string Name, double? Budget, Action Work)[] columns =
        [
            ("bars of 1m (are there holes?)", null, () => Sink.Take(BarSeries.Of(candles, candles.Interval).Count)),
            ("bars of 1h", null, () => Sink.Take(BarSeries.Of(candles, Interval.Parse("1h")).Count)),
            ("SMA 200", Budget, () => Sma.Fill(bars.Close.Span, 200, bars.PriceDecimals, values)),
            ("EMA 200", null, () => Ema.Fill(bars.Close.Span, 200, bars.PriceDecimals, values)),
            ("RSI 14", null, () => Rsi.Fill(bars.Close.Span, 14, bars.PriceDecimals, values)),
            ("ATR 14", null, () => Atr.Fill(bars, 14, values)),
            ("Bollinger 20", null, () => BollingerBands.Fill(bars.Close.Span, 20, 2, bars.PriceDecimals, lower, values, upper)),
            ("VWAP 60", null, () => Vwap.Fill(bars, 60, values)),
            ("highest 200", null, () => RollingExtreme.Fill(RollingExtreme.Highest(200, bars.PriceDecimals), bars.High.Span, values)),
            ("baseline: bare scan of lows and highs", null, () => BareScan.Run(candles)),
        ];
        Action[] actions = [.. columns.Select(column => column.Work)];
        Contest.WarmUp(actions);
        var figures = Contest.Run(rounds, actions);
        var table = new Table(1, "column", "best", "median", "ns/candle", "÷ scan", "budget", "");
        for (var i = 0; i < columns.Length; i++)
        {
            var allowed = columns[i].Budget * candles.Count;
            table.Add(
                columns[i].Name,
                Text.Time(figures[i].Best),
                Text.Time(figures[i].Median),
                Text.Number(figures[i].Best / candles.Count),
                Text.Ratio(figures[i].Best, figures[^1].Best),
                allowed is { } budget ? Text.Time(budget) : "",
                allowed is { } limit ? Text.Verdict(figures[i].Best, limit) : "");
        }

        table.Print(output);
    }

    private static void Crosses(CandleSeries candles, int rounds, TextWriter output)
    {
        var table = new Table(2, "averages of", "engine", "fills", "events", "best", "median", "averages", "beyond", "ns/candle beyond", "budget", "", "naive ÷ best", "per run");
        var (quick, calm) = (new double[candles.Count], new double[candles.Count]);
        foreach (var (fast, slow) in Windows)
        {
            var setup = Setup(candles, fast, slow);
            Engine[] engines = [Engine.Plain, Engine.Skip, Engine.Auto];
            var runs = engines.Select(engine => EngineRun.Observe(setup, engine)).ToArray();
            EngineRun.RequireEqual(runs[0], runs[1], $"crosses of {fast} and {slow}");
            EngineRun.RequireEqual(runs[0], runs[2], $"crosses of {fast} and {slow}");
            List<Action> actions =
            [
                () => NaiveCross.Run(candles, fast, slow),
                () =>
                {
                    Sma.Fill(candles.Close.Span, fast, candles.PriceDecimals, quick);
                    Sma.Fill(candles.Close.Span, slow, candles.PriceDecimals, calm);
                },
                .. engines.Select<Engine, Action>(engine => () => EngineRun.Execute(setup, engine)),
            ];
            Contest.WarmUp([.. actions]);
            var figures = Contest.Run(rounds, actions);
            for (var i = 0; i < engines.Length; i++)
            {
                var best = figures[2 + i].Best;
                var beyond = Math.Max(0, best - figures[1].Best);
                table.Add(
                    i == 0 ? $"{fast} and {slow}" : "",
                    $"{engines[i]}".ToLowerInvariant(),
                    Text.Count(runs[i].Fills),
                    Text.Count(runs[i].Events),
                    Text.Time(best),
                    Text.Time(figures[2 + i].Median),
                    Text.Time(figures[1].Best),
                    Text.Time(beyond),
                    Text.Number(beyond / candles.Count),
                    Text.Time(Budget * candles.Count),
                    Text.Verdict(beyond, Budget * candles.Count),
                    Text.Ratio(figures[0].Best, best),
                    Text.Bytes(runs[i].Bytes));
            }
        }

        table.Print(output);
    }

    private static BacktestSetup Setup(CandleSeries candles, int fast, int slow)
    {
        var options = new SignalOptions
        {
            Name = "sma-cross",
            Direction = SignalDirection.Both,
            Sizing = SignalSizing.RiskPerTrade,
            Size = 0.5m,
            Leverage = 3m,
            StopLossPercent = 2m,
            TakeProfitR = 2m,
        };
        return new BacktestSetup
        {
            StartBalance = Money.FromDecimal(Candidate.Balance),
            Bots =
            [
                new BotSetup
                {
                    Name = "bench",
                    Strategy = () => new SignalStrategy(options, new SmaCross(fast, slow), hedgeMode: false),
                    Leverage = options.Leverage,
                    Lanes = [LaneSetup.Create(BenchInstrument.For(candles.Instrument, tiers: true), candles, [])],
                },
            ],
        };
    }
}
