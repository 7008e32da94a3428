using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies.Grid;
using Trellis.Research.Backtesting;

namespace Trellis.Bench.Markets;

/// <summary>One grid on one market.</summary>
internal sealed record Candidate(CandleSeries Candles, GridOptions Options)
{
    public const decimal Balance = 1_000_000m;

    public bool Tiers { get; init; }

    public IReadOnlyList<FundingRate> Funding { get; init; } = [];

    /// <summary>A cell at least this wide earns six times its fees.</summary>
    public const double UsualCell = 0.0025;

    /// <summary>A cell that hardly earns its fees: as many fills as a grid can have.</summary>
    public const double NarrowestCell = 0.0006;

    /// <summary>Grids with random bounds that hold most of what the market did: no two runs take the same branches.</summary>
    /// <param name="leastCell">Bounds are widened until cells are about this wide, as a share of the price.</param>
    public static IReadOnlyList<Candidate> Draw(CandleSeries candles, int count, int levels, GridSpacing spacing, decimal leverage = 1m, double leastCell = UsualCell)
    {
        var random = new Random(levels);
        var closes = candles.Close.Span.ToArray();
        Array.Sort(closes);
        var scale = (decimal)Math.Pow(10, candles.PriceDecimals);
        var leastHalf = (decimal)Math.Pow(1 + (leastCell / 2), levels);
        return [.. Enumerable.Range(0, count).Select(_ => DrawOne())];

        Candidate DrawOne()
        {
            var (lower, upper) = (At(random.NextDouble() * 0.1), At(1 - (random.NextDouble() * 0.1)));
            var middle = (lower + upper) / 2;
            return new Candidate(candles, new GridOptions
            {
                Lower = decimal.Round(Math.Min(lower, middle / leastHalf), candles.PriceDecimals),
                Upper = decimal.Round(Math.Max(upper, middle * leastHalf), candles.PriceDecimals),
                Grids = levels,
                Spacing = spacing,
                Investment = random.Next(700_000, 900_000),
                Leverage = leverage,
            });
        }

        decimal At(double quantile) => closes[(int)(quantile * (closes.Length - 1))] / scale;
    }

    public BotSetup Bot(string name)
    {
        var lane = LaneSetup.Create(BenchInstrument.For(Candles.Instrument, Tiers), Candles, Funding);
        return new BotSetup
        {
            Name = name,
            Strategy = () => new GridStrategy(Options, hedgeMode: false),
            Leverage = Options.Leverage,
            Lanes = [lane],
        };
    }

    /// <exception cref="ConfigurationException">The grid can't trade on its market.</exception>
    public BacktestSetup Setup()
    {
        var bot = Bot("bench");
        var units = bot.Lanes[0].Units;
        var start = units.ToPrice(Candles.Close.Span[0]);
        var problems = GridCheck.Problems(Options, units, units.Instrument.Rules[0], Balance, start);
        return problems.Count == 0
            ? new BacktestSetup { StartBalance = Money.FromDecimal(Balance), Bots = [bot] }
            : throw new ConfigurationException($"bench: {Options.Grids} levels on {Candles.GeneratedBy}: {problems[0].Key}: {problems[0].Message}");
    }
}
