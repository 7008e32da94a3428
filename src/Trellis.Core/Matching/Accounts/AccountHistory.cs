using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.State;

namespace Trellis.Core.Matching.Accounts;

/// <summary>The latest of what has ended for an account; the oldest leave first.</summary>
internal sealed class AccountHistory(int length)
{
    private readonly Queue<Order> orders = [];
    private readonly Queue<ConditionalOrder> conditionals = [];
    private readonly Queue<Fill> fills = [];
    private readonly Queue<IncomeBooked> income = [];
    private readonly Queue<Amendment> amendments = [];
    private readonly Dictionary<long, Order> orderById = [];
    private readonly Dictionary<string, Order> orderByClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ConditionalOrder> conditionalById = [];
    private readonly Dictionary<string, ConditionalOrder> conditionalByClientId = new(StringComparer.Ordinal);

    /// <summary>In the order in which they ended.</summary>
    public IReadOnlyCollection<Order> Orders => orders;

    public IReadOnlyCollection<ConditionalOrder> Conditionals => conditionals;

    public IReadOnlyCollection<Fill> Fills => fills;

    public IReadOnlyCollection<IncomeBooked> Income => income;

    public IReadOnlyCollection<Amendment> Amendments => amendments;

    /// <summary>By id or, where that is 0, the latest with the client order id.</summary>
    public Order? FindOrder(long id, string clientOrderId) =>
        id != 0 ? orderById.GetValueOrDefault(id) : orderByClientId.GetValueOrDefault(clientOrderId);

    public ConditionalOrder? FindConditional(long id, string clientOrderId) =>
        id != 0 ? conditionalById.GetValueOrDefault(id) : conditionalByClientId.GetValueOrDefault(clientOrderId);

    public void Add(Order order)
    {
        if (length == 0)
        {
            return;
        }

        orders.Enqueue(order);
        orderById[order.Id] = order;
        orderByClientId[order.Request.ClientOrderId] = order;
        if (orders.Count > length)
        {
            var oldest = orders.Dequeue();
            orderById.Remove(oldest.Id);
            Forget(orderByClientId, oldest.Request.ClientOrderId, oldest);
        }
    }

    public void Add(ConditionalOrder order)
    {
        if (length == 0)
        {
            return;
        }

        conditionals.Enqueue(order);
        conditionalById[order.Id] = order;
        conditionalByClientId[order.Request.ClientOrderId] = order;
        if (conditionals.Count > length)
        {
            var oldest = conditionals.Dequeue();
            conditionalById.Remove(oldest.Id);
            Forget(conditionalByClientId, oldest.Request.ClientOrderId, oldest);
        }
    }

    public void Restore(AccountState state)
    {
        foreach (var order in state.EndedOrders)
        {
            Add(order);
        }

        foreach (var conditional in state.EndedConditionals)
        {
            Add(conditional);
        }

        foreach (var fill in state.Fills)
        {
            Add(fill);
        }

        foreach (var entry in state.Income)
        {
            Add(entry);
        }

        foreach (var amendment in state.Amendments)
        {
            Add(amendment);
        }
    }

    public void Add(Fill fill) => Add(fills, fill);

    public void Add(IncomeBooked entry) => Add(income, entry);

    public void Add(Amendment amendment) => Add(amendments, amendment);

    private void Add<T>(Queue<T> queue, T entry)
    {
        if (length == 0)
        {
            return;
        }

        queue.Enqueue(entry);
        if (queue.Count > length)
        {
            queue.Dequeue();
        }
    }

    private static void Forget<T>(Dictionary<string, T> byClientId, string clientOrderId, T oldest)
        where T : class
    {
        if (byClientId.TryGetValue(clientOrderId, out var latest) && ReferenceEquals(latest, oldest))
        {
            byClientId.Remove(clientOrderId);
        }
    }
}
