using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Matching.Events;
using Trellis.Core.Orders;
using Trellis.Core.Trading;

namespace Trellis.Simulation.Checks;

/// <summary>What the bots hold on each market, by the exchange's own fills, against the limits that they must keep. What a hand holds is its own affair.</summary>
internal sealed class PositionLimits(TradingSettings settings)
{
    /// <summary>Limits are judged at entry prices; a market order may fill a little beyond the quote it was judged at.</summary>
    private const decimal Slippage = 1.05m;

    private readonly Dictionary<(int Bot, int Market, PositionSide Side), LedgerPosition> positions = [];

    public void Take(SentOrder order, Fill fill)
    {
        var intent = order.Intent;
        var multiplier = settings.Markets[fill.Instrument].Instrument.ContractMultiplier;
        var key = (intent.Bot, fill.Instrument, fill.PositionSide);
        positions[key] = positions.GetValueOrDefault(key).Apply(fill.Side, fill.Quantity, fill.Price, multiplier).After;
        if (intent.ReduceOnly || intent.ClosePosition || (int)intent.PositionSide == -intent.Side.Sign())
        {
            return;
        }

        Demand(Held(fill.Instrument), settings.Limits.MaxPosition, $"on {settings.Markets[fill.Instrument].Instrument.Id} after {fill}");
        Demand(Enumerable.Range(0, settings.Markets.Count).Sum(Held), settings.Limits.MaxTotalExposure, $"on all instruments after {fill}");
    }

    /// <summary>The cost of what the bots hold on an instrument: net in one-way mode, both sides together in hedge mode, bots netted as the exchange does.</summary>
    private decimal Held(int market) =>
        positions.Where(entry => entry.Key.Market == market).GroupBy(entry => entry.Key.Side).Sum(side => Math.Abs(side.Sum(entry => entry.Value.SignedCost)));

    private static void Demand(decimal held, decimal? most, string where)
    {
        if (held > most * Slippage)
        {
            throw new InvariantException("no position is beyond its limit", $"{held} of at most {most} is held {where}");
        }
    }
}
