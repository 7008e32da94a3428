using Trellis.Core.Numerics;
using Trellis.Core.Options;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Trading;

namespace Trellis.Core.Tests.Trading.Simulation;

/// <summary>Accounts with bots of all kinds, drawn from a seed.</summary>
internal static class RandomAccount
{
    public static TradingSettings Of(DeterministicRandom random)
    {
        var hedge = random.NextUnit() < 0.3;
        var markets = random.NextUnit() < 0.3 ? 2 : 1;
        var bots = new List<TradingBot>();
        var count = 1 + (int)(random.NextUnit() * 3);
        for (var i = 0; i < count; i++)
        {
            var market = i % markets;
            var isMet = !hedge && count > markets;
            var (direction, strategy) = Strategy(random, hedge, isMet);
            bots.Add(new TradingBot { Name = $"bot{i}", Strategy = strategy, Markets = [market], Capital = 10_000m, Direction = direction });
        }

        return new TradingSettings
        {
            Installation = "sim1",
            Markets = [.. Enumerable.Range(0, markets).Select(market => Some.Market(market == 0 ? "BTCUSDT" : "ETHUSDT"))],
            Bots = bots,
            HedgeMode = hedge,
            Currency = "USDT",
            Limits = random.NextUnit() < 0.5 ? new RiskLimits() : new RiskLimits
            {
                MaxPosition = random.NextUnit() < 0.5 ? 500m + (decimal)Math.Round(random.NextUnit() * 3_000) : null,
                MaxTotalExposure = random.NextUnit() < 0.5 ? 1_000m + (decimal)Math.Round(random.NextUnit() * 5_000) : null,
                MaxOrdersPerInstrument = random.NextUnit() < 0.5 ? 3 + (int)(random.NextUnit() * 10) : null,
                PriceCollarPercent = random.NextUnit() < 0.5 ? 1m + (decimal)Math.Round(random.NextUnit() * 5, 1) : null,
                MaxDrawdownPercent = random.NextUnit() < 0.2 ? 0.05m + (decimal)Math.Round(random.NextUnit(), 2) : null,
            },
        };
    }

    private static (TradingDirection Direction, Func<IStrategy> Make) Strategy(DeterministicRandom random, bool hedge, bool onlyLong)
    {
        switch ((int)(random.NextUnit() * 4))
        {
            case 0:
                var grid = new GridOptions
                {
                    Lower = 95m,
                    Upper = 105m,
                    Grids = 3 + (int)(random.NextUnit() * 10),
                    Investment = 1_000m,
                    Direction = onlyLong || random.NextUnit() < 0.5 ? GridDirection.Long : random.NextUnit() < 0.5 ? GridDirection.Short : GridDirection.Neutral,
                    PostOnly = random.NextUnit() < 0.7,
                    StopLoss = random.NextUnit() < 0.3 ? PriceOrPercent.OfInvestment(3m) : null,
                    TrailingUp = random.NextUnit() < 0.2,
                };
                return (DirectionOf(grid.Direction), () => new GridStrategy(grid, hedge));
            case 1:
                var dca = new DcaOptions
                {
                    BaseOrderSize = 300m,
                    SafetyOrderSize = 200m,
                    MaxSafetyOrders = 1 + (int)(random.NextUnit() * 4),
                    DeviationPercent = 0.3m,
                    StepScale = 1.2m,
                    VolumeScale = 1.2m,
                    TakeProfitPercent = 0.3m + (decimal)Math.Round(random.NextUnit(), 1),
                    IncludeFees = random.NextUnit() < 0.5,
                    Direction = onlyLong || random.NextUnit() < 0.6 ? DcaDirection.Long : DcaDirection.Short,
                    BaseOrder = random.NextUnit() < 0.5 ? DcaBaseOrder.Market : DcaBaseOrder.Limit,
                    BaseOrderOffsetPercent = 0.1m,
                    StopLoss = random.NextUnit() < 0.5 ? PriceOrPercent.OfInvestment(2m) : null,
                };
                return (dca.Direction == DcaDirection.Long ? TradingDirection.Long : TradingDirection.Short, () => new DcaStrategy(dca, hedge));
            case 2:
                var signal = new SignalOptions
                {
                    Name = "sma-cross",
                    Size = 500m,
                    Direction = onlyLong ? SignalDirection.Long : SignalDirection.Both,
                    StopLossPercent = 0.5m,
                    TakeProfitPercent = 0.7m,
                };
                return (onlyLong ? TradingDirection.Long : TradingDirection.Either, () => new SignalStrategy(signal, new SmaCross(2, 5), hedge));
            default:
                var seed = random.NextBits();
                return (onlyLong ? TradingDirection.Long : TradingDirection.Either, () => Restless(seed, hedge, onlyLong));
        }
    }

    /// <summary>Plans something else at every close: entries, exits, brackets that fill in parts, market orders.</summary>
    private static PlanStrategy Restless(ulong seed, bool hedge, bool onlyLong) => new(6, context =>
    {
        var lane = context.Lane;
        lane.Plan.WakeAtEveryClose();
        if (context.HasFills)
        {
            return;
        }

        var random = new DeterministicRandom(seed ^ (ulong)context.Time);
        for (var slot = 0; slot < 6; slot++)
        {
            var side = onlyLong ? 1 : slot % 2 == 0 ? 1 : -1;
            var price = lane.Close - (side * (1 + (int)(random.NextUnit() * 15)));
            var positionSide = hedge ? (PositionSide)side : PositionSide.Net;
            switch ((int)(random.NextUnit() * 5))
            {
                case 0:
                    lane.Plan.Set(slot, new PlannedOrder { Side = Sides.FromSign(side), Kind = OrderKind.Limit, Price = price, Quantity = 100 + (int)(random.NextUnit() * 2_000), PositionSide = positionSide, Instructions = OrderInstructions.PostOnly });
                    break;
                case 1:
                    lane.Plan.Remove(slot);
                    break;
                case 2 when slot < 2:
                    lane.Plan.Set(slot, new PlannedOrder { Side = Sides.FromSign(-side), Kind = OrderKind.Limit, Price = lane.Close + (side * 8), Quantity = 700, PositionSide = positionSide, Instructions = OrderInstructions.ReduceOnly, Group = 1 });
                    break;
                case 3 when slot is 2 or 3:
                    lane.Plan.Set(slot, new PlannedOrder { Side = Sides.FromSign(-side), Kind = side > 0 ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove, Price = lane.Close - (side * 10), Quantity = 1, PositionSide = positionSide, Instructions = OrderInstructions.ClosePosition, Group = 1 });
                    break;
                case 4 when slot > 3:
                    lane.Plan.Set(slot, new PlannedOrder { Side = Sides.FromSign(side), Kind = OrderKind.Market, Quantity = 100 + (int)(random.NextUnit() * 900), PositionSide = positionSide });
                    break;
            }
        }
    });

    private static TradingDirection DirectionOf(GridDirection direction) => direction switch
    {
        GridDirection.Long => TradingDirection.Long,
        GridDirection.Short => TradingDirection.Short,
        _ => TradingDirection.Either,
    };
}
