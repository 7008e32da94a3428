using Trellis.Core.Numerics;
using Trellis.Core.Options;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Trading;

namespace Trellis.Simulation.Scenarios;

/// <summary>Bots of all kinds, drawn.</summary>
/// <param name="random">Where from.</param>
/// <param name="hedge">Whether the account is in hedge mode.</param>
internal sealed class RandomBots(DeterministicRandom random, bool hedge)
{
    /// <param name="name">Of the bot.</param>
    /// <param name="market">Its only market.</param>
    /// <param name="onlyLong">It meets others in one-way mode, and all of them are long.</param>
    public TradingBot Next(string name, int market, bool onlyLong)
    {
        var (direction, strategy) = Pick(4) switch
        {
            0 => Grid(onlyLong),
            1 => Dca(onlyLong),
            2 => Signal(onlyLong),
            _ => Restless(onlyLong),
        };
        return new TradingBot { Name = name, Strategy = strategy, Markets = [market], Capital = 10_000m, Direction = direction };
    }

    private (TradingDirection Direction, Func<IStrategy> Make) Grid(bool onlyLong)
    {
        var grid = new GridOptions
        {
            Lower = 96m,
            Upper = 104m,
            Grids = 6 + Pick(14),
            Investment = 1_000m,
            Direction = onlyLong || Happens(0.4) ? GridDirection.Long : Happens(0.5) ? GridDirection.Short : GridDirection.Neutral,
            PostOnly = Happens(0.7),
            StopLoss = Happens(0.2) ? PriceOrPercent.OfInvestment(4m) : null,
            TrailingUp = Happens(0.2),
        };
        var direction = grid.Direction switch
        {
            GridDirection.Long => TradingDirection.Long,
            GridDirection.Short => TradingDirection.Short,
            _ => TradingDirection.Either,
        };
        return (direction, () => new GridStrategy(grid, hedge));
    }

    private (TradingDirection Direction, Func<IStrategy> Make) Dca(bool onlyLong)
    {
        var dca = new DcaOptions
        {
            BaseOrderSize = 300m,
            SafetyOrderSize = 200m,
            MaxSafetyOrders = 1 + Pick(4),
            DeviationPercent = 0.3m,
            StepScale = 1.2m,
            VolumeScale = 1.2m,
            TakeProfitPercent = 0.3m + (decimal)Math.Round(random.NextUnit(), 1),
            IncludeFees = Happens(0.5),
            Direction = onlyLong || Happens(0.6) ? DcaDirection.Long : DcaDirection.Short,
            BaseOrder = Happens(0.5) ? DcaBaseOrder.Market : DcaBaseOrder.Limit,
            BaseOrderOffsetPercent = 0.1m,
            StopLoss = Happens(0.5) ? PriceOrPercent.OfInvestment(2m) : null,
        };
        return (dca.Direction == DcaDirection.Long ? TradingDirection.Long : TradingDirection.Short, () => new DcaStrategy(dca, hedge));
    }

    private (TradingDirection Direction, Func<IStrategy> Make) Signal(bool onlyLong)
    {
        var signal = new SignalOptions
        {
            Name = "sma-cross",
            Size = 500m,
            Direction = onlyLong ? SignalDirection.Long : SignalDirection.Both,
            StopLossPercent = 0.5m,
            TakeProfitPercent = 0.7m,
        };
        return (onlyLong ? TradingDirection.Long : TradingDirection.Either, () => new SignalStrategy(signal, new SmaCross(2, 5), hedge));
    }

    private (TradingDirection Direction, Func<IStrategy> Make) Restless(bool onlyLong)
    {
        var seed = random.NextBits();
        return (onlyLong ? TradingDirection.Long : TradingDirection.Either, () => new RestlessStrategy(seed, hedge, onlyLong));
    }

    private bool Happens(double share) => random.NextUnit() < share;

    private int Pick(int below) => (int)(random.NextUnit() * below);
}
