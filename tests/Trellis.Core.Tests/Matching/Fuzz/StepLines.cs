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
        account == NaiveExchange.House ? default : new OrderKey(account.Value, conditionalId == 0 ? clientOrderId : "", conditionalId);
}

internal readonly record struct FillLine(
    OrderKey Order, int Instrument, long TradeId, Side Side, PositionSide PositionSide, decimal Price, decimal Quantity, bool IsMaker, decimal Fee, decimal Realized);

/// <summary>An order as it stood when it was placed, amended or ended, or as it stands.</summary>
internal readonly record struct OrderLine(
    OrderKey Order, int Instrument, Side Side, OrderStatus Status, OrderEnd End, decimal Price, decimal Quantity, decimal Executed, decimal ExecutedNotional, int Amendments)
{
    public static OrderLine Of(Order order) => new(
        OrderKey.Of(order), order.Request.Instrument, order.Request.Side, order.Status, order.Status == OrderStatus.Filled ? OrderEnd.Filled : order.End, order.Request.Price, order.Request.Quantity, order.ExecutedQuantity,
        order.ExecutedNotional, order.Amendments);

    public static OrderLine Of(NaiveOrder order) => new(
        OrderKey.Of(order), order.Request.Instrument, order.Request.Side, order.Status, order.End, order.Request.Price, order.Request.Quantity, order.Executed,
        order.ExecutedNotional, order.Amendments);
}

internal readonly record struct ConditionalLine(long Id, int Account, ConditionalStatus Status);

internal readonly record struct IncomeLine(int Account, IncomeKind Kind, int Instrument, decimal Amount);

/// <summary>What one command did, in words that both exchanges speak.</summary>
internal sealed record StepLines
{
    /// <summary>In the order in which they happened, of each trade the taker's first; the house's are not told.</summary>
    public required IReadOnlyList<FillLine> Fills { get; init; }

    /// <summary>Users' orders that ended, by name: the order in which one command ends several is the exchange's own.</summary>
    public required IReadOnlyList<OrderLine> Ended { get; init; }

    public required IReadOnlyList<OrderKey> Placed { get; init; }

    /// <summary>What became of each conditional order that changed, by id.</summary>
    public required IReadOnlyList<ConditionalLine> Conditionals { get; init; }

    /// <summary>Sums, without those that are zero.</summary>
    public required IReadOnlyList<IncomeLine> Incomes { get; init; }

    public static StepLines Of(NaiveReport report) => new()
    {
        Fills = [.. report.Fills.Where(fill => fill.Account != NaiveExchange.House).Select(fill => new FillLine(
            OrderKey.Of(fill.Order), fill.Instrument, fill.TradeId, fill.Side, fill.Order.Request.PositionSide, fill.Price, fill.Quantity, fill.IsMaker, fill.Fee, fill.Realized))],
        Ended = Sorted(report.Ended.Select(OrderLine.Of)),
        Placed = [.. report.Placed.Select(OrderKey.Of)],
        Conditionals = [.. report.Conditionals.Select(order => new ConditionalLine(order.Id, order.Account.Value, order.Status)).OrderBy(line => line.Id)],
        Incomes = Summed(report.Incomes.Where(income => income.Account != NaiveExchange.House).Select(income => new IncomeLine(income.Account.Value, income.Kind, income.Instrument, income.Amount))),
    };

    public static StepLines Of(IReadOnlyList<MatchingEvent> events)
    {
        List<FillLine> fills = [];
        List<OrderLine> ended = [];
        List<OrderKey> placed = [];
        SortedDictionary<long, ConditionalLine> conditionals = [];
        List<IncomeLine> incomes = [];
        foreach (var each in events)
        {
            switch (each)
            {
                case OrderChanged changed:
                    if (changed.Fill is { } fill)
                    {
                        fills.Add(new FillLine(
                            OrderKey.Of(changed.Order), fill.Instrument, fill.TradeId, fill.Side, fill.PositionSide, fill.Price, fill.Quantity, fill.IsMaker, fill.Fee, fill.RealizedProfit));
                    }

                    if (!changed.Order.IsOpen)
                    {
                        ended.Add(OrderLine.Of(changed.Order));
                    }

                    if (changed.Change == OrderChange.Placed && changed.Order.Account != NaiveExchange.House)
                    {
                        placed.Add(OrderKey.Of(changed.Order));
                    }

                    break;
                case ConditionalChanged changed:
                    conditionals[changed.Order.Id] = new ConditionalLine(changed.Order.Id, changed.Order.Account.Value, changed.Order.Status);
                    break;
                case IncomeBooked income:
                    incomes.Add(new IncomeLine(income.Account.Value, income.Kind, income.Instrument, income.Amount));
                    break;
            }
        }

        return new StepLines { Fills = fills, Ended = Sorted(ended), Placed = placed, Conditionals = [.. conditionals.Values], Incomes = Summed(incomes) };
    }

    private static List<OrderLine> Sorted(IEnumerable<OrderLine> lines) => [.. lines
        .Where(line => line.Order != default)
        .OrderBy(line => line.Order.Account).ThenBy(line => line.Order.ConditionalId).ThenBy(line => line.Order.ClientOrderId, StringComparer.Ordinal)];

    private static List<IncomeLine> Summed(IEnumerable<IncomeLine> lines) => [.. lines
        .GroupBy(line => line with { Amount = 0 })
        .Select(group => group.Key with { Amount = group.Sum(line => line.Amount) })
        .Where(line => line.Amount != 0)
        .OrderBy(line => line.Account).ThenBy(line => line.Kind).ThenBy(line => line.Instrument)];
}
