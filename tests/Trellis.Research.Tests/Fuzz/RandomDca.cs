using Trellis.Core.Markets;
using Trellis.Core.Options;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Dca;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>A DCA bot for a random market: most can start, and close several deals in a short run.</summary>
internal static class RandomDca
{
    public static Func<IStrategy> Of(Random random, LaneSetup lane, decimal leverage, bool hedgeMode)
    {
        var isSpot = lane.Units.Instrument.Id.Market == MarketKind.Spot;
        var isShort = !isSpot && random.Next(2) == 0;
        var isCoarse = lane.Units.Instrument.Rules[0].LotSize == 1m;
        var safetyOrders = random.Next(isCoarse ? 4 : 8);
        var deviation = random.Next(3, 25) / 10m;
        var takeProfit = random.Next(3, 30) / 10m;
        var limit = random.Next(4) == 0;
        var fromEntry = random.Next(4) == 0;
        var scale = (fromEntry ? 11 : 8) + random.Next(8);
        var options = new DcaOptions
        {
            Direction = isShort ? DcaDirection.Short : DcaDirection.Long,
            Sizing = random.Next(4) == 0 && !isCoarse ? DcaSizing.PercentOfBalance : DcaSizing.Fixed,
            BaseOrderSize = isCoarse ? random.Next(150, 250) : random.Next(30, 80),
            BaseOrder = limit ? DcaBaseOrder.Limit : DcaBaseOrder.Market,
            BaseOrderOffsetPercent = limit ? random.Next(5) / 10m : 0m,
            BaseOrderTimeoutSeconds = limit && random.Next(2) == 0 ? random.Next(1, 900) : null,
            SafetyOrderSize = isCoarse ? random.Next(180, 210) : random.Next(20, 60),
            MaxSafetyOrders = safetyOrders,
            MaxActiveSafetyOrders = random.Next(2) == 0 ? random.Next(1, 5) : null,
            DeviationPercent = deviation,
            DeviationMode = fromEntry ? DeviationMode.FromEntry : DeviationMode.Cumulative,
            StepScale = scale / 10m,
            VolumeScale = (isCoarse ? 10 : random.Next(8, 14)) / 10m,
            TakeProfitPercent = takeProfit,
            IncludeFees = random.Next(3) > 0,
            TrailingPercent = random.Next(3) == 0 ? takeProfit / random.Next(2, 6) : null,
            StopLoss = StopLoss(random, isShort, Depth(deviation, scale / 10m, safetyOrders, fromEntry)),
            StopLossFrom = (StopLossFrom)random.Next(2),
            AfterStopLoss = random.Next(4) == 0 ? AfterStopLoss.Stop : AfterStopLoss.Continue,
            CooldownSeconds = random.Next(2) == 0 ? random.Next(600) : 0,
            MaxDeals = random.Next(5) == 0 ? random.Next(1, 6) : null,
            StartPrice = random.Next(8) == 0 ? 100m + random.Next(-3, 4) : null,
            Leverage = isSpot ? 1m : leverage,
            PostOnly = random.Next(3) == 0,
        };
        if (options.Sizing == DcaSizing.PercentOfBalance && !isCoarse)
        {
            options = options with { BaseOrderSize = random.Next(4, 12), SafetyOrderSize = random.Next(3, 8) };
        }

        return () => new DcaStrategy(options, hedgeMode);
    }

    /// <summary>Behind the last safety order in most cases, as a bot asks for.</summary>
    private static PriceOrPercent? StopLoss(Random random, bool isShort, decimal depth) => random.Next(4) switch
    {
        0 => PriceOrPercent.AtPrice(Math.Max(1m, 100m + ((depth + random.Next(2, 12)) * (isShort ? 1 : -1)))),
        1 or 2 => PriceOrPercent.OfInvestment(Math.Min(99m, depth + random.Next(1, 8))),
        _ => null,
    };

    /// <summary>How far the last safety order lies from the base order, in percent.</summary>
    private static decimal Depth(decimal deviation, decimal scale, int safetyOrders, bool fromEntry)
    {
        var (step, sum) = (deviation, 0m);
        for (var n = 0; n < safetyOrders; n++, step *= scale)
        {
            sum = fromEntry ? step : sum + step;
        }

        return decimal.Round(sum, 2);
    }
}
