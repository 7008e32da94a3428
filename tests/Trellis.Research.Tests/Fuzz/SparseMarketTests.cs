using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies.Grid;
using Trellis.Research.Backtesting;
using Trellis.Research.Tests.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>
/// Markets that swing slowly, so that events lie hundreds of candles apart: there the engines pass over blocks, guess what will be
/// watched after a fill (rightly for a grid, wrongly for what changes its mind), and meet blocks that are too wide to be compact beside
/// others that are not.
/// </summary>
public sealed class SparseMarketTests
{
    private const int Cases = 36;
    private const int Candles = 5_000;

    [Fact]
    public void All_engines_agree_where_events_lie_far_apart()
    {
        var entries = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var setup = Setup(seed);
            var expected = Engines.Run(setup, Engine.Reference);
            foreach (var engine in Engines.Fast)
            {
                Comparison.FirstDifference(expected, Engines.Run(setup, engine)).ShouldBeNull($"seed {seed}, {engine}");
            }

            entries += expected.Entries.Count;
        }

        (entries / Cases).ShouldBeInRange(20, Candles / 20);
    }

    private static BacktestSetup Setup(int seed)
    {
        var random = new Random(seed);
        var leverage = 1 + (seed % 4);
        var moves = random.Next(2) == 0;
        var options = new GridOptions
        {
            Lower = 930,
            Upper = 1070,
            Grids = random.Next(4, 20),
            Direction = (GridDirection)random.Next(3),
            Investment = 5_000,
            Leverage = leverage,
            PostOnly = random.Next(2) == 0,
            TrailingUp = moves,
            TrailingDown = moves && random.Next(2) == 0,
        };
        var candles = Swings(random, decimals: 2 + random.Next(3), drift: moves ? random.Next(-150, 150) : 0);
        return new BacktestSetup
        {
            StartBalance = Money.FromDecimal(6_000),
            Bots =
            [
                new BotSetup
                {
                    Name = "sparse",
                    Strategy = () => seed % 2 == 0 ? new GridStrategy(options, hedgeMode: false) : new RestlessStrategy(seed, widest: 60),
                    Leverage = leverage,
                    Lanes = [LaneSetup.Create(Instrument(candles.Instrument, random.Next(2) == 0), candles, random.Next(2) == 0 ? [] : Funding(candles))],
                },
            ],
        };
    }

    private static Instrument Instrument(InstrumentId id, bool tiers) => new()
    {
        Id = id,
        BaseCurrency = "SLOW",
        QuoteCurrency = "USDT",
        FeeCurrency = FeeCurrency.Quote,
        LeverageTiers = tiers ? [new(10_000m, 0.004m, 0m, 125m), new(1_000_000m, 0.01m, 60m, 50m)] : [],
        Rules = [new InstrumentRules { TickSize = 0.01m, LotSize = 0.001m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
    };

    private static List<FundingRate> Funding(CandleSeries candles)
    {
        var rates = new List<FundingRate>();
        for (var time = candles.StartTime + 28_800_000; time < candles.EndTime; time += 28_800_000)
        {
            rates.Add(new FundingRate(time, 0.0001m, null));
        }

        return rates;
    }

    private static CandleSeries Swings(Random random, int decimals, double drift)
    {
        var unit = Math.Pow(10, decimals);
        var (open, high, low, close) = (new int[Candles], new int[Candles], new int[Candles], new int[Candles]);
        var period = 400 + (random.NextDouble() * 1_200);
        var last = (int)(1_000 * unit);
        for (var i = 0; i < Candles; i++)
        {
            var middle = 1_000 + (drift * i / Candles) + (60 * Math.Sin(2 * Math.PI * i / period)) + (25 * Math.Sin(i / 97.0)) + random.NextDouble();
            open[i] = last;
            close[i] = (int)(middle * unit);
            high[i] = Math.Max(open[i], close[i]) + (int)(random.NextDouble() * unit);
            low[i] = Math.Min(open[i], close[i]) - (int)(random.NextDouble() * unit);
            if (random.Next(30) == 0 && i > 0 && i < Candles - 1)
            {
                (open[i], high[i], low[i], close[i]) = (last, int.MinValue, int.MaxValue, last);
            }

            last = close[i];
        }

        return new CandleSeries
        {
            Instrument = new InstrumentId("example", MarketKind.Perp, "SLOWUSDT"),
            Interval = Interval.OneMinute,
            StartTime = RandomMarket.Start,
            PriceDecimals = decimals,
            Open = open,
            High = high,
            Low = low,
            Close = close,
        };
    }
}
