using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Venues;
using Trellis.Simulation.Exchange;
using Trellis.Simulation.Faults;

namespace Trellis.Simulation.Shell;

/// <summary>Asks an exchange for everything, as an adapter does: orders, then fills and income, then positions and balances, while the market goes on.</summary>
internal sealed class Snapshots(Agenda agenda, SimulatedExchange exchange, FaultDice dice, TradingSettings settings, Wire wire)
{
    /// <param name="question">What to ask.</param>
    /// <param name="told">The snapshot, or null where it failed.</param>
    public void Take(Reconcile question, Action<VenueSnapshot?> told)
    {
        var started = 0L;
        List<VenueOrder> open = [], asked = [];
        List<string> unknown = [];
        List<VenueFill> fills = [];
        List<VenueIncome> income = [];
        agenda.After(wire.Way(), () =>
        {
            started = agenda.Now;
            open = exchange.OpenOrders();
            foreach (var order in question.ClientOrderIds)
            {
                if (exchange.Query(order.Market, order.ClientOrderId, order.IsConditional) is { } found)
                {
                    asked.Add(found);
                }
                else
                {
                    unknown.Add(order.ClientOrderId);
                }
            }

            agenda.After(wire.Way(), () =>
            {
                fills = exchange.FillsSince(question.Since);
                AddMissing(question, open, asked, fills);
                income = exchange.IncomeSince(question.Since);
                agenda.After(wire.Way(), Finish);
            });
        });

        // Where an order has executed more than is known and listed, its fills are asked for, whenever they happened.
        void AddMissing(Reconcile question, List<VenueOrder> open, List<VenueOrder> asked, List<VenueFill> fills)
        {
            foreach (var order in open.Concat(asked).ToList())
            {
                var id = order.TriggeredOrderId.Length > 0 ? order.TriggeredOrderId : order.VenueOrderId;
                if (question.ClientOrderIds.FirstOrDefault(one => one.ClientOrderId == order.ClientOrderId) is { } known && order.ExecutedQuantity > known.Booked
                    && order.ExecutedQuantity > fills.Where(fill => fill.VenueOrderId == id).Sum(fill => fill.Quantity))
                {
                    fills.AddRange(exchange.Fills.Where(fill => fill.VenueOrderId == id && !fills.Exists(listed => listed.TradeId == fill.TradeId)).Select(fill => fill with { ClientOrderId = "" }));
                }
            }
        }

        void Finish()
        {
            var account = exchange.Summarize();
            var snapshot = wire.IsInMaintenance || dice.Happens(FaultKind.SnapshotFailed) ? null : new VenueSnapshot
            {
                StartedAt = started,
                FinishedAt = agenda.Now,
                HedgeMode = settings.HedgeMode,
                OpenOrders = open,
                AskedOrders = asked,
                NotFound = unknown,
                Fills = fills,
                Income = income,
                Positions = exchange.Positions(account),
                Balances = [exchange.Balance(account)],
            };
            agenda.After(wire.Way(), () => told(snapshot));
        }
    }
}
