using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Views;
using Trellis.Simulation.Exchange;
using Trellis.Simulation.Scenarios;
using Trellis.Simulation.Shell;

namespace Trellis.Simulation.Checks;

/// <summary>What must hold once nothing is under way any more: orders, positions and money of the loop are those of the exchange.</summary>
internal sealed class QuietCheck(TradingSettings settings, SimulatedExchange exchange, LiveShell shell, Watch watch, VenueShape shape)
{
    private static readonly PositionSide[] Sides = [PositionSide.Net, PositionSide.Long, PositionSide.Short];

    private LedgerBook ledger = new();
    private int fills;

    /// <summary>So many entries of the journal are in the ledger.</summary>
    private int posted;

    public void Run()
    {
        var view = shell.Loop.View();
        Demand(view.Reconciliation is { IsReconciled: true, Problem: "" }, "the account is understood once faults end", $"{view.Reconciliation}");
        Demand(view.Reconciliation.Corrected == 0m, "all money is explained", $"corrections of {view.Reconciliation.Corrected}");
        CheckOrders(view);
        CheckPositions(view);
        CheckMoney();
    }

    private void CheckOrders(TradingView view)
    {
        var told = exchange.OpenOrders();
        var open = told.Where(order => ClientOrderId.TryParse(order.ClientOrderId, out _)).ToDictionary(order => order.ClientOrderId, StringComparer.Ordinal);
        var known = view.Orders.Where(order => order.State != OrderState.Planned).ToList();
        foreach (var order in known)
        {
            var id = order.Intent.ClientOrderId;
            Demand(open.Remove(id, out var there), "every order of the loop is at the exchange", $"{id} is {order.State}: {order.Reason}");
            Demand(
                order.BookedQuantity == there!.ExecutedQuantity && order.ReportedQuantity == there.ExecutedQuantity,
                "every fill of an order is booked",
                $"{id}: {there.ExecutedQuantity} were executed, {order.ReportedQuantity} told, {order.BookedQuantity} booked");
        }

        Demand(open.Count == 0, "every order at the exchange is known", string.Join(", ", open.Keys));
        var foreign = told.Where(order => Hand.IsOf(order.ClientOrderId)).Select(order => order.ClientOrderId).Order(StringComparer.Ordinal);
        var shown = view.ForeignOrders.Select(order => order.ClientOrderId).Order(StringComparer.Ordinal);
        Demand(foreign.SequenceEqual(shown, StringComparer.Ordinal), "foreign orders are shown", $"at the exchange: {string.Join(", ", foreign)}; shown: {string.Join(", ", shown)}");
    }

    private void CheckPositions(TradingView view)
    {
        var positions = exchange.Engine.Summarize(SimulatedExchange.Account).Positions;
        foreach (var market in view.Markets)
        {
            var venue = positions.Where(position => position.Instrument == market.Market).Sum(position => position.Quantity);
            Demand(market.Size == venue, "bots and foreign are the exchange's position", $"{settings.Markets[market.Market].Instrument.Id}: the books have {market.Size}, the exchange {venue}");
        }

        var executed = watch.Sent.Values.Where(order => order.Executed > 0)
            .GroupBy(order => (order.Intent.Bot, order.Intent.Market, order.Intent.PositionSide))
            .ToDictionary(group => group.Key, group => group.Sum(order => order.Intent.Side.Sign() * order.Executed));
        foreach (var bot in view.Bots)
        {
            foreach (var (market, side) in settings.Bots[bot.Bot].Markets.SelectMany(market => Sides.Select(side => (market, side))))
            {
                var held = bot.Positions.Where(position => position.Market == market && position.Side == side).Sum(position => position.Size);
                var own = executed.GetValueOrDefault((bot.Bot, market, side));
                Demand(held == own, "a bot holds what its orders have executed", $"{bot.Name} on market {market} {side}: the books have {held}, its orders executed {own}");
            }
        }
    }

    /// <summary>Σ (realized + unrealized + fees + funding + transfers) = the change of the exchange's equity, at one mark price, from the postings alone.</summary>
    private void CheckMoney()
    {
        PostAll();
        foreach (var currency in ledger.Balances.Keys.Select(account => account.Currency).Distinct(StringComparer.Ordinal))
        {
            var sum = ledger.Balances.Where(entry => entry.Key.Currency == currency).Sum(entry => entry.Value);
            Demand(sum == 0m, "the ledger balances", $"{currency}: {sum}");
        }

        var summary = exchange.Engine.Summarize(SimulatedExchange.Account);
        var books = ledger.Total(LedgerAccountKind.Wallet, "USDT") - ledger.Total(LedgerAccountKind.PositionCost, "USDT") + Value(summary);
        var tolerance = 0.000000000001m * ((2 * fills) + 1) + (decimal)Math.Pow(10, -shape.MoneyDecimals);
        Demand(
            Math.Abs(books - summary.MarginBalance) <= tolerance,
            "the books' equity is the exchange's",
            $"the books have {books}, the exchange {summary.MarginBalance}: {books - summary.MarginBalance} where rounding allows {tolerance}");
    }

    /// <summary>Posts what the journal has got since the last time. Where something of it was lost since, the ledger begins anew.</summary>
    private void PostAll()
    {
        var entries = shell.Journal.Entries;
        if (posted > shell.Journal.TakeKept())
        {
            (ledger, fills, posted) = (new LedgerBook(), 0, 0);
        }

        for (; posted < entries.Count; posted++)
        {
            foreach (var effect in entries[posted].Effects)
            {
                if (effect is LedgerPosted posting)
                {
                    ledger.Post(posting.Entry);
                    fills++;
                }
            }
        }
    }

    private decimal Value(AccountSummary summary) =>
        summary.Positions.Sum(position => position.Quantity * position.MarkPrice * settings.Markets[position.Instrument].Instrument.ContractMultiplier);

    private static void Demand(bool holds, string invariant, string detail)
    {
        if (!holds)
        {
            throw new InvariantException(invariant, detail);
        }
    }
}
