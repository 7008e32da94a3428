using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Core.Tests.Matching.Naive;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>Names an order on both exchanges, which may number orders differently. The house's quotes all have one name.</summary>
internal readonly record struct OrderKey(int Account, string ClientOrderId, long ConditionalId)
{
    public static OrderKey Of(Order order) => Of(order.Account, order.Request.ClientOrderId, order.ConditionalId);

    public static OrderKey Of(NaiveOrder order) => Of(order.Account, order.Request.ClientOrderId, order.ConditionalId);

    private static OrderKey Of(AccountId account, string clientOrderId, long conditionalId) =>
        account == NaiveExchange.House ? default : new OrderKey(account.Value, clientOrderId, conditionalId);
}

internal readonly record struct FillLine(
    OrderKey Order, int Instrument, long TradeId, Side Side, PositionSide PositionSide, decimal Price, decimal Quantity, bool IsMaker, decimal Fee, decimal Realized);

/// <summary>An order as it stood when it was placed, amended or ended, or as it stands.</summary>
internal readonly record struct OrderLine(
    OrderKey Order, int Instrument, Side Side, OrderStatus Status, OrderEnd End, decimal Price, decimal Quantity, decimal Executed, decimal ExecutedNotional, int Amendments)
{
    public static OrderLine Of(Order order) => new(
        OrderKey.Of(order), order.Request.Instrument, order.Request.Side, order.Status, order.End, order.Request.Price, order.Request.Quantity, order.ExecutedQuantity,
        order.ExecutedNotional, order.Amendments);

    public static OrderLine Of(NaiveOrder order) => new(
        OrderKey.Of(order), order.Request.Instrument, order.Request.Side, order.Status, order.End, order.Request.Price, order.Request.Quantity, order.Executed,
        order.ExecutedNotional, order.Amendments);
}

internal readonly record struct ConditionalLine(long Id, int Account, ConditionalStatus Status);

internal readonly record struct IncomeLine(int Account, IncomeKind Kind, int Instrument, decimal Amount);

/// <summary>What one command did, in words that both exchanges speak.</summary>
internal sealed class StepLines
{
    private static readonly Comparison<OrderLine> ByName = (one, other) =>
        one.Order.Account != other.Order.Account ? one.Order.Account.CompareTo(other.Order.Account)
        : one.Order.ConditionalId != other.Order.ConditionalId ? one.Order.ConditionalId.CompareTo(other.Order.ConditionalId)
        : string.CompareOrdinal(one.Order.ClientOrderId, other.Order.ClientOrderId);

    /// <summary>In the order in which they happened, of each trade the taker's first; the house's are not told.</summary>
    public List<FillLine> Fills { get; } = [];

    /// <summary>Users' orders that ended, by name: the order in which one command ends several is the exchange's own.</summary>
    public List<OrderLine> Ended { get; } = [];

    public List<OrderKey> Placed { get; } = [];

    /// <summary>What became of each conditional order that changed, by id.</summary>
    public List<ConditionalLine> Conditionals { get; } = [];

    /// <summary>Sums, without those that are zero.</summary>
    public List<IncomeLine> Incomes { get; } = [];

    public static StepLines Of(NaiveReport report)
    {
        var lines = new StepLines();
        foreach (var fill in report.Fills)
        {
            if (fill.Account != NaiveExchange.House)
            {
                lines.Fills.Add(new FillLine(
                    OrderKey.Of(fill.Order), fill.Instrument, fill.TradeId, fill.Side, fill.Order.Request.PositionSide, fill.Price, fill.Quantity, fill.IsMaker, fill.Fee, fill.Realized));
            }
        }

        foreach (var order in report.Ended)
        {
            if (!order.IsQuote)
            {
                lines.Ended.Add(OrderLine.Of(order));
            }
        }

        foreach (var order in report.Placed)
        {
            lines.Placed.Add(OrderKey.Of(order));
        }

        foreach (var order in report.Conditionals)
        {
            lines.Conditionals.Add(new ConditionalLine(order.Id, order.Account.Value, order.Status));
        }

        foreach (var income in report.Incomes)
        {
            if (income.Account != NaiveExchange.House)
            {
                lines.Incomes.Add(new IncomeLine(income.Account.Value, income.Kind, income.Instrument, income.Amount));
            }
        }

        return lines.Sorted();
    }

    public static StepLines Of(IReadOnlyList<MatchingEvent> events)
    {
        var lines = new StepLines();
        foreach (var each in events)
        {
            switch (each)
            {
                case OrderChanged changed:
                    lines.Add(changed);
                    break;
                case ConditionalChanged { Order: var order }:
                    lines.Conditionals.RemoveAll(line => line.Id == order.Id);
                    lines.Conditionals.Add(new ConditionalLine(order.Id, order.Account.Value, order.Status));
                    break;
                case IncomeBooked income:
                    lines.Incomes.Add(new IncomeLine(income.Account.Value, income.Kind, income.Instrument, income.Amount));
                    break;
            }
        }

        return lines.Sorted();
    }

    private void Add(OrderChanged changed)
    {
        if (changed.Fill is { } fill)
        {
            Fills.Add(new FillLine(
                OrderKey.Of(changed.Order), fill.Instrument, fill.TradeId, fill.Side, fill.PositionSide, fill.Price, fill.Quantity, fill.IsMaker, fill.Fee, fill.RealizedProfit));
        }

        if (!changed.Order.IsOpen)
        {
            Ended.Add(OrderLine.Of(changed.Order));
        }

        if (changed.Change == OrderChange.Placed)
        {
            Placed.Add(OrderKey.Of(changed.Order));
        }
    }

    private StepLines Sorted()
    {
        Ended.Sort(ByName);
        Conditionals.Sort((one, other) => one.Id.CompareTo(other.Id));
        if (Incomes.Count > 0)
        {
            List<IncomeLine> sums = [.. Incomes
                .GroupBy(line => (line.Account, line.Kind, line.Instrument))
                .Select(group => new IncomeLine(group.Key.Account, group.Key.Kind, group.Key.Instrument, group.Sum(line => line.Amount)))
                .Where(line => line.Amount != 0)
                .OrderBy(line => line.Account).ThenBy(line => line.Kind).ThenBy(line => line.Instrument)];
            Incomes.Clear();
            Incomes.AddRange(sums);
        }

        return this;
    }
}
