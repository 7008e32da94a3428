using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Grid;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>A random backtest; all of it follows from these few values, so that a failing one can be made smaller.</summary>
internal sealed record FuzzCase
{
    public required int Seed { get; init; }

    public required int Candles { get; init; }

    /// <summary>Lanes of each bot.</summary>
    public required EquatableLanes LanesOfBots { get; init; }

    public bool HedgeMode { get; init; }

    public bool Optimistic { get; init; }

    public long Slippage { get; init; }

    public bool AllPerpetual { get; init; }

    public bool Holes { get; init; }

    public bool Jumps { get; init; }

    public bool Funding { get; init; }

    public bool BaseFees { get; init; }

    public bool Rebates { get; init; }

    public bool DatedRules { get; init; }

    public bool Tiers { get; init; }

    public bool Grid { get; init; }

    public bool Dca { get; init; }

    /// <summary>Bots on one instrument trade a signal, where they are no grids.</summary>
    public bool Signal { get; init; }

    /// <summary>Sizes and leverage that end in liquidation now and then.</summary>
    public bool Reckless { get; init; }

    public bool CutRange { get; init; }

    public static FuzzCase Of(int seed)
    {
        var random = new Random(seed);
        bool Chance(int percent) => random.Next(100) < percent;
        var bots = Chance(60) ? 1 : random.Next(2, 4);
        var lanes = new int[bots];
        Array.Fill(lanes, 1);
        for (var extra = Chance(50) ? random.Next(1, 4) : 0; extra > 0 && lanes.Sum() < 4; extra--)
        {
            lanes[random.Next(bots)]++;
        }

        return new FuzzCase
        {
            Seed = seed,
            Candles = random.Next(100) == 0 ? random.Next(400, 3_000) : random.Next(50, 160),
            LanesOfBots = new EquatableLanes(lanes),
            HedgeMode = Chance(30),
            Optimistic = Chance(25),
            Slippage = Chance(40) ? random.Next(200_000) : 0,
            AllPerpetual = Chance(50),
            Holes = Chance(40),
            Jumps = Chance(50),
            Funding = Chance(60),
            BaseFees = Chance(70),
            Rebates = Chance(15),
            DatedRules = Chance(25),
            Tiers = Chance(80),
            Grid = Chance(20),
            Reckless = Chance(30),
            CutRange = Chance(20),
            Dca = Chance(26),
            Signal = Chance(28),
        };
    }

    public BacktestSetup Build()
    {
        var bots = new List<BotSetup>();
        var number = 0;
        for (var bot = 0; bot < LanesOfBots.Counts.Length; bot++)
        {
            var lanes = Enumerable.Range(number, LanesOfBots.Counts[bot]).Select(lane => RandomMarket.Lane(this, lane)).ToList();
            number += lanes.Count;
            bots.Add(Bot(bot, lanes));
        }

        var random = new Random(Seed ^ 0x5eed);
        return new BacktestSetup
        {
            StartBalance = Money.FromDecimal(1_000m + (random.Next(1_000_000) / 1_000_000m)),
            HedgeMode = HedgeMode,
            Optimistic = Optimistic,
            Slippage = Slippage,
            Bots = bots,
            From = CutRange ? RandomMarket.Start + random.Next(1_500_000) : null,
            To = CutRange ? RandomMarket.Start + 1_800_000 + random.Next(Candles * 60_000) : null,
        };
    }

    private BotSetup Bot(int index, List<LaneSetup> lanes)
    {
        var random = new Random((Seed * 7) + index);
        var allSpot = lanes.All(lane => lane.Units.Instrument.Id.Market == MarketKind.Spot);
        var leverage = allSpot ? 1m : Reckless ? random.Next(10, 60) : random.Next(1, 8) + (random.Next(2) * 0.25m);
        var options = new RandomPlanOptions
        {
            Seed = (ulong)random.Next(),
            HedgeMode = HedgeMode,
            Notional = (Reckless ? leverage * 2.5m : 1m) * random.Next(20, 160),
        };
        return new BotSetup
        {
            Name = $"bot{index}",
            Leverage = leverage,
            Lanes = lanes,
            Strategy = Dca && lanes.Count == 1 ? RandomDca.Of(random, lanes[0], leverage, HedgeMode)
                : Grid && lanes.Count == 1 ? RandomGrid(random, lanes[0], leverage)
                : Signal && lanes.Count == 1 ? RandomSignal.Make(random, lanes[0], leverage, HedgeMode)
                : () => new RandomPlanStrategy(options),
        };
    }

    private Func<IStrategy> RandomGrid(Random random, LaneSetup lane, decimal leverage)
    {
        var isSpot = lane.Units.Instrument.Id.Market == MarketKind.Spot;
        var trails = random.Next(3) == 0;
        var options = new GridOptions
        {
            Direction = isSpot ? GridDirection.Long : (GridDirection)random.Next(3),
            SpacingPercent = random.Next(5, 25) / 10m,
            Levels = random.Next(2, 9),
            Spacing = (GridSpacing)random.Next(2),
            Sizing = (GridSizing)random.Next(2),
            Investment = random.Next(300, 900),
            Leverage = isSpot ? 1m : Math.Min(leverage, 20m),
            InitialPurchase = random.Next(3) switch { 0 => true, 1 => false, _ => null },
            StopLoss = random.Next(4) == 0 ? Core.Options.PriceOrPercent.OfInvestment(random.Next(2, 20)) : null,
            TakeProfit = random.Next(5) == 0 ? Core.Options.PriceOrPercent.OfInvestment(random.Next(2, 20)) : null,
            TrailingUp = trails,
            TrailingDown = trails && random.Next(2) == 0,
            RebalanceThreshold = random.Next(5) == 0 ? random.Next(5, 15) : null,
            OnStop = (InventoryOnStop)random.Next(2),
            PostOnly = random.Next(4) > 0,
        };
        return () => new GridStrategy(options, HedgeMode);
    }

    public override string ToString() =>
        $"seed {Seed}, {Candles} candles, lanes {LanesOfBots}" + string.Concat(
            new (string Name, bool On)[]
            {
                ("hedge", HedgeMode), ("optimistic", Optimistic), ($"slippage {Slippage}", Slippage > 0), ("all perpetual", AllPerpetual),
                ("holes", Holes), ("jumps", Jumps), ("funding", Funding), ("base fees", BaseFees), ("rebates", Rebates), ("dated rules", DatedRules),
                ("tiers", Tiers), ("grid", Grid), ("dca", Dca), ("signal", Signal), ("reckless", Reckless), ("cut range", CutRange),
            }.Where(flag => flag.On).Select(flag => ", " + flag.Name));
}

/// <summary>How many lanes each bot has.</summary>
internal sealed record EquatableLanes(int[] Counts)
{
    public override string ToString() => string.Join("+", Counts);
}
