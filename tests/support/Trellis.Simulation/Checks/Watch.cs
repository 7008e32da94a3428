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
    private readonly Dictionary<(int Bot, int Lane, int Revision, int Slot, int Cycle), SlotCycle> cycles = [];
    private readonly HashSet<string> early = new(StringComparer.Ordinal);
    private readonly PositionLimits limits = new(settings);
    private readonly OwnPositions own = new(settings);

    /// <summary>Every order of ours that has left, by client order id.</summary>
    public IReadOnlyDictionary<string, SentOrder> Sent => sent;

    /// <summary>Every alert, by code.</summary>
    public SortedDictionary<string, long> Alerts { get; } = new(StringComparer.Ordinal);

    public void See(TradingEffect[] effects)
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
        var parts = PartsOf(intent.ClientOrderId);
        var key = (parts.Bot, parts.Lane, parts.Revision, parts.Slot, parts.Cycle);
        if (!cycles.TryGetValue(key, out var cycle))
        {
            cycles.Add(key, cycle = new SlotCycle());
        }

        if (!sent.TryAdd(intent.ClientOrderId, new SentOrder(intent, parts, cycle)))
        {
            throw new InvariantException("no order is sent twice", $"{intent.ClientOrderId} leaves again: {intent}");
        }

        cycle.Wanted = Math.Max(cycle.Wanted, intent.Quantity);
    }

    /// <summary>The exchange did something with an order of the account.</summary>
    public void See(OrderChanged changed)
    {
        var order = changed.Order;
        var id = order.Request.ClientOrderId;
        if (!sent.TryGetValue(id, out var known))
        {
            if (ClientOrderId.TryParse(id, out _))
            {
                throw new InvariantException("every order in our form was sent by us", $"{changed}");
            }

            hand.Check(changed);
            return;
        }

        Occupy(id, known.Parts, order.IsOpen);
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
        var cycle = known.Cycle;
        cycle.Executed += fill.Quantity;
        var closes = intent.ReduceOnly || intent.ClosePosition;
        if (!closes && cycle.Executed > cycle.Wanted)
        {
            throw new InvariantException("no slot fills twice", $"{intent.ClientOrderId}: {cycle.Executed} of at most {cycle.Wanted} were executed for {known.Parts}");
        }

        limits.Take(known, fill);
        own.Take(known, fill);
    }

    /// <summary>Of an id that is not in our form: that of nothing, whose slot is 0.</summary>
    private static ClientOrderId PartsOf(string id) => ClientOrderId.TryParse(id, out var parts) ? parts : default;
}

/// <summary>What was wanted and executed for one cycle of a slot, by all its attempts.</summary>
internal sealed class SlotCycle
{
    /// <summary>The largest quantity that was sent.</summary>
    public decimal Wanted { get; set; }

    public decimal Executed { get; set; }
}

/// <summary>An order of ours as the exchange has executed it.</summary>
internal sealed class SentOrder(OrderIntent intent, ClientOrderId parts, SlotCycle cycle)
{
    public OrderIntent Intent { get; } = intent;

    public ClientOrderId Parts { get; } = parts;

    public SlotCycle Cycle { get; } = cycle;

    public decimal Executed { get; set; }
}
