using Trellis.Core.Matching.Events;
using Trellis.Core.Orders;
using Trellis.Core.Trading;

namespace Trellis.Simulation.Checks;

/// <summary>Demands that no bot closes more than it holds: where several bots share a position of the venue, the rest would be another's.</summary>
internal sealed class OwnPositions(TradingSettings settings)
{
    private readonly Dictionary<(int Bot, int Market, PositionSide Side), decimal> sizes = [];

    public void Take(SentOrder order, Fill fill)
    {
        var intent = order.Intent;
        var key = (intent.Bot, fill.Instrument, fill.PositionSide);
        var before = sizes.GetValueOrDefault(key);
        var after = before + (fill.Side.Sign() * fill.Quantity);
        sizes[key] = after;
        var closes = intent.ReduceOnly || intent.ClosePosition || (int)intent.PositionSide == -intent.Side.Sign();
        if (closes && after * fill.Side.Sign() > 0 && IsShared(intent.Bot, fill))
        {
            throw new InvariantException("no bot closes what is another's", $"bot {intent.Bot} held {before} and holds {after} on {fill.PositionSide} after {fill} of {intent}");
        }
    }

    private bool IsShared(int bot, Fill fill)
    {
        var opposite = fill.Side == Side.Buy ? TradingDirection.Long : TradingDirection.Short;
        return settings.Bots.Where((other, index) => index != bot && other.Markets.Contains(fill.Instrument)).Any(other => other.Direction != opposite);
    }
}
