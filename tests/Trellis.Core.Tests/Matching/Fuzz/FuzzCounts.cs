using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Tests.Matching.Naive;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>What the commands of a fuzz were and what came of them: a comparison in which nothing happens proves nothing.</summary>
internal sealed class FuzzCounts
{
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    public long this[string what] => counts.GetValueOrDefault(what);

    public void Add(string what, long amount = 1) => counts[what] = counts.GetValueOrDefault(what) + amount;

    public void Count(MatchingCommand command, Refusal? refusal, NaiveReport report)
    {
        Add("commands");
        Add($"command: {Name(command)}");
        Add(refusal is null ? "outcome: done" : $"refused: {refusal.Reason}");
        foreach (var order in report.Ended)
        {
            Add($"end: {order.End}");
        }

        foreach (var conditional in report.Conditionals)
        {
            Add($"conditional: {conditional.Status}");
        }

        for (var i = 0; i + 1 < report.Fills.Count; i += 2)
        {
            var (taker, maker) = (report.Fills[i], report.Fills[i + 1]);
            Add("trades");
            Count("trade: with itself", maker.Account == taker.Account);
            Count("trade: of the house", maker.Order.IsQuote || taker.Order.IsQuote);
            Count("trade: leaves a maker with a rest", maker.Order.Executed < maker.Order.Request.Quantity);
            Count("trade: realizes", maker.Realized != 0 || taker.Realized != 0);
            Count("trade: by a triggered order", taker.Order.ConditionalId != 0);
            Count("trade: closes reduce-only", maker.Order.Request.ReduceOnly || taker.Order.Request.ReduceOnly);
            Count("trade: in hedge mode", taker.Order.Request.PositionSide != Core.Orders.PositionSide.Net);
        }

        Count("command with several trades", report.Fills.Count > 2);
    }

    public void Count(MatchingCommand command, IReadOnlyList<MatchingEvent> events)
    {
        Add("commands");
        Add($"command: {Name(command)}");
        foreach (var each in events)
        {
            Add(each is OrderChanged changed ? $"event: {changed.Change} {changed.Order.End}" : $"event: {each.GetType().Name}");
        }
    }

    public void ShouldHold(IReadOnlyDictionary<string, int> least)
    {
        foreach (var (what, number) in least)
        {
            this[what].ShouldBeGreaterThanOrEqualTo(number, what);
        }
    }

    public override string ToString() => string.Join("\n", counts.Select(pair => $"{pair.Value,12:N0}  {pair.Key}"));

    private static string Name(MatchingCommand command) => command is not PlaceOrder { Request: var request } ? command.GetType().Name
        : (request.Trigger is null ? "" : $"conditional {request.Trigger.Value.Kind} on {request.Trigger.Value.Source} ")
            + (request.Type == OrderType.Market ? "market" : $"limit {request.TimeInForce}")
            + (request.ReduceOnly ? " reduce-only" : "") + (request.ClosePosition ? " close-position" : "");

    private void Count(string what, bool there) => Add(what, there ? 1 : 0);
}
