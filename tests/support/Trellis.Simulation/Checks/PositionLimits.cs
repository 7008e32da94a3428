using System.Runtime.InteropServices;
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

    /// <summary>Signed costs of all bots together, by market and side.</summary>
    private readonly decimal[] costs = new decimal[settings.Markets.Count * 3];

    public void Take(SentOrder order, Fill fill)
    {
        var intent = order.Intent;
        var multiplier = settings.Markets[fill.Instrument].Instrument.ContractMultiplier;
        ref var position = ref CollectionsMarshal.GetValueRefOrAddDefault(positions, (intent.Bot, fill.Instrument, fill.PositionSide), out _);
        var before = position;
        position = before.Apply(fill.Side, fill.Quantity, fill.Price, multiplier).After;
        costs[(fill.Instrument * 3) + (int)fill.PositionSide + 1] += position.SignedCost - before.SignedCost;
        if (intent.ReduceOnly || intent.ClosePosition || (int)intent.PositionSide == -intent.Side.Sign())
        {
            return;
        }

        Demand(Held(fill.Instrument), settings.Limits.MaxPosition, fill, "its instrument");
        var all = 0m;
        for (var market = 0; market < settings.Markets.Count; market++)
        {
            all += Held(market);
        }

        Demand(all, settings.Limits.MaxTotalExposure, fill, "all instruments");
    }

    /// <summary>The cost of what the bots hold on an instrument: net in one-way mode, both sides together in hedge mode, bots netted as the exchange does.</summary>
    private decimal Held(int market) => Math.Abs(costs[market * 3]) + Math.Abs(costs[(market * 3) + 1]) + Math.Abs(costs[(market * 3) + 2]);

    private static void Demand(decimal held, decimal? most, Fill fill, string where)
    {
        if (held > most * Slippage)
        {
            throw new InvariantException("no position is beyond its limit", $"{held} of at most {most} is held on {where} after {fill}");
        }
    }
}
