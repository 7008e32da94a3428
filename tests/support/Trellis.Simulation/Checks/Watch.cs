using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Simulation.Exchange;
using Trellis.Simulation.Faults;

namespace Trellis.Simulation.Checks;

/// <summary>Watches every step: what is sent, what the exchange does with it, and what the loop says. It keeps its own books of the exchange's truth.</summary>
internal sealed class Watch(TradingSettings settings, Hand hand, FaultDice dice)
{
    private readonly Dictionary<string, SentOrder> sent = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Bot, int Lane, int Slot), string> open = [];
    private readonly Dictionary<(int Bot, int Lane, int Revision, int Slot, int Cycle), (decimal Wanted, decimal Executed)> cycles = [];
    private readonly HashSet<string> early = new(StringComparer.Ordinal);
    private readonly PositionLimits limits = new(settings);
    private readonly OwnPositions own = new(settings);

    /// <summary>Every order of ours that has left, by client order id.</summary>
    public IReadOnlyDictionary<string, SentOrder> Sent => sent;

    /// <summary>Every alert, by code.</summary>
    public SortedDictionary<string, long> Alerts { get; } = new(StringComparer.Ordinal);

    public void See(List<TradingEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (effect is Alert alert)
            {
                Alerts[alert.Code] = Alerts.GetValueOrDefault(alert.Code) + 1;
                if (alert.Code == "kill-switch" && alert.Text.Contains("drawdown", StringComparison.Ordinal))
                {
                    dice.Note(FaultKind.DrawdownLimit);
                }
            }
        }
    }

    public void LeftEarly(TradingEffect effect)
    {
        if (effect is PlaceOrder place)
        {
            early.Add(place.Intent.ClientOrderId);
        }
    }

    public void Committed() => early.Clear();

    /// <summary>What was not committed is gone: no order of it may have left.</summary>
    public void Lose()
    {
        if (early.Count > 0)
        {
            throw new InvariantException("no order leaves before its commit", string.Join(", ", early));
        }
    }

    /// <summary>An order leaves.</summary>
    public void Leave(OrderIntent intent)
    {
        if (!sent.TryAdd(intent.ClientOrderId, new SentOrder(intent)))
        {
            throw new InvariantException("no order is sent twice", $"{intent.ClientOrderId} leaves again: {intent}");
        }

        var cycle = CycleOf(intent.ClientOrderId);
        var (wanted, executed) = cycles.GetValueOrDefault(cycle);
        cycles[cycle] = (Math.Max(wanted, intent.Quantity), executed);
    }

    /// <summary>The exchange did something with an order of the account.</summary>
    public void See(OrderChanged changed)
    {
        var order = changed.Order;
        var id = order.Request.ClientOrderId;
        if (!ClientOrderId.TryParse(id, out var parts))
        {
            hand.Check(changed);
            return;
        }

        if (!sent.TryGetValue(id, out var known))
        {
            throw new InvariantException("every order in our form was sent by us", $"{changed}");
        }

        Occupy(id, parts, order.IsOpen);
        if (changed.Fill is { } fill)
        {
            Fill(known, fill, order);
        }
    }

    /// <summary>The exchange did something with an order that waits for a trigger.</summary>
    public void See(ConditionalChanged changed)
    {
        var id = changed.Order.Request.ClientOrderId;
        if (ClientOrderId.TryParse(id, out var parts))
        {
            Occupy(id, parts, changed.Order.Status is ConditionalStatus.Waiting or ConditionalStatus.Triggered);
        }
    }

    private void Occupy(string id, ClientOrderId parts, bool isOpen)
    {
        if (parts.Slot < 0)
        {
            return;
        }

        var slot = (parts.Bot, parts.Lane, parts.Slot);
        if (isOpen && !open.TryAdd(slot, id) && open[slot] != id)
        {
            throw new InvariantException("one order per slot", $"{open[slot]} and {id} are open for bot {parts.Bot}, lane {parts.Lane}, slot {parts.Slot}");
        }

        if (!isOpen && open.TryGetValue(slot, out var holder) && holder == id)
        {
            open.Remove(slot);
        }
    }

    private void Fill(SentOrder known, Fill fill, Order order)
    {
        known.Executed += fill.Quantity;
        if (order.IsOpen)
        {
            dice.Note(FaultKind.PartialFill);
        }

        var intent = known.Intent;
        var cycle = CycleOf(intent.ClientOrderId);
        var (wanted, executed) = cycles[cycle];
        cycles[cycle] = (wanted, executed + fill.Quantity);
        var closes = intent.ReduceOnly || intent.ClosePosition;
        if (!closes && executed + fill.Quantity > wanted)
        {
            throw new InvariantException("no slot fills twice", $"{intent.ClientOrderId}: {executed + fill.Quantity} of at most {wanted} were executed for {cycle}");
        }

        limits.Take(known, fill);
        own.Take(known, fill);
    }

    private static (int, int, int, int, int) CycleOf(string id) =>
        ClientOrderId.TryParse(id, out var parts) ? (parts.Bot, parts.Lane, parts.Revision, parts.Slot, parts.Cycle) : default;
}

/// <summary>An order of ours as the exchange has executed it.</summary>
internal sealed class SentOrder(OrderIntent intent)
{
    public OrderIntent Intent { get; } = intent;

    public decimal Executed { get; set; }
}
