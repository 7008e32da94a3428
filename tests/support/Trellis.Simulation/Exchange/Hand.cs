using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Trading;

namespace Trellis.Simulation.Exchange;

/// <summary>Somebody who trades on the same account by hand: rests, takes, cancels, pays in and out. What happens to such orders is compared with what was done to them.</summary>
public sealed class Hand(SimulatedExchange exchange, TradingSettings settings, ulong seed)
{
    private const string Prefix = "web";

    private readonly DeterministicRandom random = new(seed);
    private readonly Dictionary<string, bool> cancelOf = new(StringComparer.Ordinal);
    private readonly List<(int Market, string Id)> open = [];
    private long number;

    /// <summary>Orders placed by hand so far.</summary>
    public int Orders => cancelOf.Count;

    public static bool IsOf(string clientOrderId) => clientOrderId.StartsWith(Prefix, StringComparison.Ordinal);

    public void Act(IReadOnlyList<MarketPath> paths)
    {
        var market = Pick(paths.Count);
        switch (Pick(8))
        {
            case 0:
                exchange.Apply(new Transfer(exchange.Time, SimulatedExchange.Account, Pick(2) == 0 ? 250m : -100m));
                break;
            case 1 or 2 when open.Count > 0:
                Cancel();
                break;
            case 3 or 4:
                Place(market, OrderType.Market, 0m, 30 + Pick(20));
                break;
            default:
                Place(market, OrderType.Limit, paths[market].Price, 30 + Pick(40));
                break;
        }
    }

    /// <summary>Demands that nothing happened to an order of the hand but what the hand did and what the market does.</summary>
    /// <exception cref="InvariantException">Somebody else touched it.</exception>
    public void Check(OrderChanged changed)
    {
        var id = changed.Order.Request.ClientOrderId;
        if (!cancelOf.TryGetValue(id, out var isCanceled))
        {
            throw new InvariantException("a foreign order is the hand's own", $"nobody placed order {id}: {changed}");
        }

        var isExplained = changed.Change switch
        {
            OrderChange.Placed or OrderChange.Filled => true,
            OrderChange.Canceled => isCanceled,
            OrderChange.Expired => changed.Order.End == OrderEnd.NotFilledAtOnce,
            _ => false,
        };
        if (!isExplained)
        {
            throw new InvariantException("a foreign order is never touched", $"order {id} of the hand: {changed.Change}, {changed.Order.End}");
        }
    }

    private void Place(int market, OrderType type, decimal price, int lots)
    {
        var side = Sides.FromSign((Pick(2) * 2) - 1);
        var tick = exchange.Engine.Instruments[market].Instrument.Rules[0].TickSize;
        var id = $"{Prefix}{++number}";
        cancelOf[id] = false;
        var outcome = exchange.Apply(new PlaceOrder(exchange.Time, SimulatedExchange.Account, new OrderRequest
        {
            Instrument = market,
            Side = side,
            Type = type,
            Price = type == OrderType.Market ? 0m : (decimal.Round(price / tick) - (side.Sign() * Pick(20))) * tick,
            Quantity = settings.Markets[market].Rules.LotSize * 2m * lots,
            PositionSide = settings.HedgeMode ? (PositionSide)side.Sign() : PositionSide.Net,
            ClientOrderId = id,
        }));
        if (outcome.Value is Order { IsOpen: true })
        {
            open.Add((market, id));
        }
    }

    private void Cancel()
    {
        var place = Pick(open.Count);
        var (market, id) = open[place];
        open.RemoveAt(place);
        cancelOf[id] = true;
        exchange.Apply(new CancelOrder(exchange.Time, SimulatedExchange.Account, new OrderReference(market, 0, id)));
    }

    private int Pick(int below) => (int)(random.NextUnit() * below);
}
