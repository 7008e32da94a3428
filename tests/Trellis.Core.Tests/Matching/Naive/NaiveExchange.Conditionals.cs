using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>Orders that wait for a price.</summary>
internal sealed partial class NaiveExchange
{
    /// <summary>Prices that were seen and not yet held against the triggers, in order.</summary>
    private readonly List<(int Instrument, TriggerSource Source, decimal Price)> prices = [];

    private readonly List<NaiveConditional> living = [];

    private long conditionalIds;

    private NaiveReport Wait(PlaceOrder command)
    {
        var conditional = new NaiveConditional { Id = ++conditionalIds, Account = command.Account, Request = command.Request };
        Markets[command.Request.Instrument].Waiting.Add(conditional);
        conditionals.Add(conditional);
        return new NaiveReport { Refusals = [], Conditional = conditional };
    }

    private NaiveReport Mark(SetMarkPrice command)
    {
        Markets[command.Instrument].MarkComesFromOutside = true;
        SeeMark(command.Instrument, command.MarkPrice);
        return Refused();
    }

    private void SeeMark(int instrument, decimal price)
    {
        Markets[instrument].MarkPrice = price;
        prices.Add((instrument, TriggerSource.MarkPrice, price));
    }

    /// <summary>
    /// Triggers what the prices have reached, one at a time: last price before mark price, rising before falling, the nearest first, then the oldest.
    /// What a triggered order's trades reach joins at once.
    /// </summary>
    private void RunTriggers()
    {
        List<NaiveConditional> reached = [];
        while (true)
        {
            foreach (var (instrument, source, price) in fault == NaiveFault.StopWatchesOnlyTheFinalPrice ? prices.TakeLast(1) : prices)
            {
                reached.AddRange(Markets[instrument].Waiting.Where(order => !reached.Contains(order) && Watches(order, source) && IsMet(order, price)));
            }

            prices.Clear();
            reached.RemoveAll(order => order.Status != ConditionalStatus.Waiting);
            var next = reached
                .OrderBy(order => order.Request.Trigger!.Value.Source)
                .ThenByDescending(order => order.WaitsForRise)
                .ThenBy(order => order.WaitsForRise ? order.Request.Trigger!.Value.Price : -order.Request.Trigger!.Value.Price)
                .ThenBy(order => order.Id)
                .FirstOrDefault();
            if (next is null)
            {
                return;
            }

            Trigger(next);
        }
    }

    private bool Watches(NaiveConditional order, TriggerSource source) =>
        (fault == NaiveFault.MarkTriggersOnLastPrice ? TriggerSource.LastPrice : order.Request.Trigger!.Value.Source) == source;

    private bool IsMet(NaiveConditional order, decimal price) =>
        order.IsMetBy(price) && !(fault == NaiveFault.StopTriggersPastPriceOnly && order.Request.Trigger!.Value.Price == price);

    private void Trigger(NaiveConditional conditional)
    {
        var market = Markets[conditional.Request.Instrument];
        var account = Accounts[conditional.Account.Value];
        market.Waiting.Remove(conditional);
        var request = conditional.Request with { Trigger = null };
        if (request.ClosePosition)
        {
            request = request with { Quantity = account.Position(request.Instrument, request.PositionSide).ClosableBy(request.Side) };
        }

        var order = new NaiveOrder { Account = conditional.Account, Request = request, ConditionalId = conditional.Id };
        List<RefusalReason> wrong = [.. WrongWith(account, request, triggered: true), .. WhyNotMatched(order)];
        if (wrong.Count == 0 && verdict.Rejected.Contains(conditional.Id))
        {
            wrong.Add(RefusalReason.InsufficientMargin);
        }

        if (wrong.Count > 0)
        {
            conditional.Refusals = wrong;
            Change(conditional, ConditionalStatus.Rejected);
            return;
        }

        Change(conditional, ConditionalStatus.Triggered);
        living.Add(conditional);
        placed.Add(order);
        Match(order);
    }

    /// <summary>Conditional orders that close the position of a fill expire when it is gone.</summary>
    private void ExpireClosers(NaiveMarket market, NaiveOrder filled)
    {
        foreach (var conditional in market.Waiting.Where(order => order.Request.ClosePosition
            && order.Account == filled.Account && order.Request.PositionSide == filled.Request.PositionSide).ToList())
        {
            var request = conditional.Request;
            if (Accounts[conditional.Account.Value].Position(request.Instrument, request.PositionSide).ClosableBy(request.Side) == 0)
            {
                market.Waiting.Remove(conditional);
                Change(conditional, ConditionalStatus.Expired);
            }
        }
    }

    private void Change(NaiveConditional conditional, ConditionalStatus status)
    {
        conditional.Status = status;
        if (!conditionals.Contains(conditional))
        {
            conditionals.Add(conditional);
        }
    }

    /// <summary>A conditional order is finished when the order that it became is.</summary>
    private void Finish(NaiveOrder order)
    {
        if (order.ConditionalId != 0 && living.Find(each => each.Id == order.ConditionalId) is { } conditional)
        {
            living.Remove(conditional);
            Change(conditional, ConditionalStatus.Finished);
        }
    }

    private NaiveReport Cancel(CancelConditional command)
    {
        var found = Markets.SelectMany(market => market.Waiting).FirstOrDefault(order => order.Account == command.Account
            && (command.Id != 0 ? order.Id == command.Id : order.Request.ClientOrderId == command.ClientOrderId));
        if (found is null)
        {
            return Refused(RefusalReason.UnknownOrder);
        }

        Markets[found.Request.Instrument].Waiting.Remove(found);
        Change(found, ConditionalStatus.Canceled);
        return new NaiveReport { Refusals = [], Conditional = found };
    }

    private NaiveReport CancelAll(CancelAllConditionals command)
    {
        if (!IsKnown(command.Instrument))
        {
            return Refused(RefusalReason.UnknownInstrument);
        }

        foreach (var conditional in Markets[command.Instrument].Waiting.Where(order => order.Account == command.Account).ToList())
        {
            Markets[command.Instrument].Waiting.Remove(conditional);
            Change(conditional, ConditionalStatus.Canceled);
        }

        return Refused();
    }
}
