using Trellis.Core.Markets;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>A seeded instrument with candles and funding.</summary>
internal static class RandomMarket
{
    /// <summary>Open time of the first candle of the earliest lane: 2024-01-01.</summary>
    public const long Start = 1_704_067_200_000;

    private const long Minute = 60_000;

    public static LaneSetup Lane(FuzzCase fuzz, int number)
    {
        var random = new Random((fuzz.Seed * 31) + number);
        var isSpot = random.Next(3) == 0 && !fuzz.AllPerpetual;

        // The finest unit spreads the prices of a block farther than the compact candles reach.
        var dataDecimals = random.Next(8) == 0 ? 4 : random.Next(3);
        var ticks = (ReadOnlySpan<decimal>)[0.01m, 0.05m, 0.1m, 0.25m, 0.5m, 1m, 0.001m];
        var lots = (ReadOnlySpan<decimal>)[0.001m, 0.01m, 0.1m, 1m, 0.0005m];
        var count = fuzz.Candles + random.Next(4);
        var shift = random.Next(4);
        var rules = new List<InstrumentRules> { Rules(random, fuzz, ticks[random.Next(ticks.Length)], lots[random.Next(lots.Length)]) };
        if (fuzz.DatedRules)
        {
            var from = DateTimeOffset.FromUnixTimeMilliseconds(Start + (random.Next(1, count) * Minute) - random.Next(2));
            rules.Add(Rules(random, fuzz, ticks[random.Next(ticks.Length)], lots[random.Next(lots.Length)]) with { ValidFrom = from });
        }

        var instrument = new Instrument
        {
            Id = new InstrumentId("binance", isSpot ? MarketKind.Spot : MarketKind.Perp, $"C{number}USDT"),
            BaseCurrency = $"C{number}",
            QuoteCurrency = "USDT",
            ContractMultiplier = isSpot || random.Next(3) > 0 ? 1m : 0.1m,
            Rules = rules,
            LeverageTiers = isSpot || !fuzz.Tiers ? [] : Tiers(random),
            FeeCurrency = fuzz.BaseFees && (isSpot || number % 2 == 1) ? FeeCurrency.Received : FeeCurrency.Quote,
        };
        var candles = Candles(random, fuzz, instrument.Id, dataDecimals, Start + (shift * Minute), count);
        var funding = isSpot || !fuzz.Funding ? [] : Funding(random, candles);
        return LaneSetup.Create(instrument, candles, funding);
    }

    private static InstrumentRules Rules(Random random, FuzzCase fuzz, decimal tick, decimal lot) => new()
    {
        TickSize = tick,
        LotSize = lot,
        MakerFee = fuzz.Rebates ? -random.Next(3) * 0.00005m : random.Next(5) * 0.0001m,
        TakerFee = random.Next(8) * 0.000123m,
    };

    private static List<LeverageTier> Tiers(Random random)
    {
        var first = random.Next(100, 3_000);
        return
        [
            new(first, 0.004m, 0m, 125m),
            new(first * 5, 0.01m, first * 0.006m, 50m),
            new(first * 50, 0.05m, first * 0.206m, 10m),
            new(first * 500, 0.125m, first * 3.956m, 2m),
        ];
    }

    /// <summary>A walk in data units around 100, with gaps, jumps and flat stretches.</summary>
    private static CandleSeries Candles(Random random, FuzzCase fuzz, InstrumentId id, int decimals, long start, int count)
    {
        var unit = (int)Math.Pow(10, decimals);
        var (open, high, low, close) = (new int[count], new int[count], new int[count], new int[count]);
        var step = Math.Max(1, (int)(unit * (0.2 + (random.NextDouble() * 1.5))));
        var last = 100 * unit;
        var hole = 0;
        for (var i = 0; i < count; i++)
        {
            hole = fuzz.Holes && hole == 0 && random.Next(25) == 0 ? random.Next(1, 6) : Math.Max(0, hole - 1);
            if (hole > 0 && i > 0 && i < count - 1)
            {
                (open[i], high[i], low[i], close[i]) = (last, int.MinValue, int.MaxValue, last);
                continue;
            }

            var gap = random.Next(4) == 0 ? random.Next(-step, step + 1) : 0;
            var jump = fuzz.Jumps && random.Next(40) == 0 ? random.Next(-15, 16) * step : 0;
            var pull = (100 * unit) - last > 40 * unit ? step : last - (100 * unit) > 60 * unit ? -step : 0;
            open[i] = Math.Max(1, last + gap + (jump / 2));
            close[i] = Math.Max(1, open[i] + random.Next(-step, step + 1) + (jump / 2) + pull);
            high[i] = Math.Max(open[i], close[i]) + random.Next(step);
            low[i] = Math.Max(1, Math.Min(open[i], close[i]) - random.Next(step));
            last = close[i];
        }

        return new CandleSeries
        {
            Instrument = id,
            Interval = Interval.OneMinute,
            StartTime = start,
            PriceDecimals = decimals,
            Open = open,
            High = high,
            Low = low,
            Close = close,
        };
    }

    private static List<FundingRate> Funding(Random random, CandleSeries candles)
    {
        var rates = new List<FundingRate>();
        for (var time = candles.StartTime + random.Next(120_000); time < candles.EndTime; time += random.Next(1, 30) * Minute)
        {
            var rate = random.Next(6) == 0 ? 0m : (decimal)(random.NextDouble() - 0.5) / 500m;
            var mark = random.Next(3) == 0 ? (decimal?)null : 100m + (random.Next(-20_000, 20_000) / 1_000m) + 0.0005m;
            rates.Add(new FundingRate(time, rate, mark));
        }

        return rates;
    }
}
