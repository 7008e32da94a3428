using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Orders;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>An account with its positions as the wire shows them, at one instant.</summary>
internal sealed record AccountView(AccountSummary Account, IReadOnlyList<PositionView> Positions)
{
    /// <summary>Reads an account between two commands.</summary>
    /// <param name="withEmpty">Whether symbols without position and orders are listed too, as version 2 of the endpoints does.</param>
    public static AccountView Read(MatchingEngine engine, AccountId account, SymbolTable symbols, BinanceSymbol? only, bool withEmpty)
    {
        var summary = engine.Summarize(account);
        var open = engine.OpenOrders(account, only?.Instrument ?? -1);
        var wanted = only is null ? symbols.All : [only];
        var views = new List<PositionView>();
        foreach (var symbol in wanted)
        {
            var leverage = engine.Leverage(account, symbol.Instrument);
            var most = LeverageBrackets.MaxNotional(engine.Instruments[symbol.Instrument].Instrument.LeverageTiers, leverage);
            foreach (var position in Find(engine, summary, symbol, leverage, withEmpty))
            {
                views.Add(new PositionView(symbol, position, Open(Side.Buy), Open(Side.Sell), most));

                decimal Open(Side side) => open
                    .Where(order => order.Request.Instrument == symbol.Instrument && order.Request.Side == side && order.Request.PositionSide == position.Side)
                    .Sum(order => order.Request.Price * order.RemainingQuantity);
            }
        }

        return new AccountView(summary, views);
    }

    private static IEnumerable<PositionSummary> Find(MatchingEngine engine, AccountSummary summary, BinanceSymbol symbol, int leverage, bool withEmpty)
    {
        var there = summary.Positions.Where(position => position.Instrument == symbol.Instrument).ToList();
        if (!withEmpty)
        {
            return there;
        }

        PositionSide[] sides = summary.HedgeMode ? [PositionSide.Net, PositionSide.Long, PositionSide.Short] : [PositionSide.Net];
        return sides.Select(side => there.Find(position => position.Side == side) ?? new PositionSummary
        {
            Instrument = symbol.Instrument,
            Side = side,
            MarkPrice = engine.MarkPrice(symbol.Instrument),
            Leverage = leverage,
        });
    }
}
