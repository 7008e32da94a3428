using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>Placing, amending and cancelling.</summary>
internal sealed partial class NaiveExchange
{
    private NaiveReport Place(PlaceOrder command)
    {
        if (!IsKnown(command.Request.Instrument))
        {
            return Refused(RefusalReason.UnknownInstrument);
        }

        var wrong = WrongWith(Accounts[command.Account.Value], command.Request);
        if (command.Request.Trigger is not null)
        {
            return wrong.Count > 0 ? Refused(wrong) : Wait(command);
        }

        var order = new NaiveOrder { Account = command.Account, Request = command.Request };
        wrong.AddRange(WhyNotMatched(order));
        if (wrong.Count == 0 && verdict.RefusesCommand)
        {
            wrong.Add(verdict.Refusal!.Value);
        }

        if (wrong.Count > 0)
        {
            return Refused(wrong);
        }

        placed.Add(order);
        Match(order);
        return new NaiveReport { Refusals = [], Order = order };
    }

    /// <summary>What the book itself has against an order.</summary>
    private List<RefusalReason> WhyNotMatched(NaiveOrder order)
    {
        var market = Markets[order.Request.Instrument];
        List<RefusalReason> reasons = [];
        if (order.Request.Type == OrderType.Market && market.Best(order.Request.Side.Opposite()) is null)
        {
            reasons.Add(RefusalReason.NoLiquidity);
        }

        if (order.Request.TimeInForce == TimeInForce.PostOnly && fault != NaiveFault.PostOnlyTakes && MakerFor(market, order) is not null)
        {
            reasons.Add(RefusalReason.PostOnlyWouldTake);
        }

        if (order.Request.TimeInForce == TimeInForce.FillOrKill && fault != NaiveFault.FillOrKillFillsInPart && !WouldFillWhole(order))
        {
            reasons.Add(RefusalReason.FillOrKillNotFilled);
        }

        return reasons;
    }

    /// <summary>Tries the order on a copy of the exchange.</summary>
    private bool WouldFillWhole(NaiveOrder order)
    {
        var copy = Copy(order.Request.Instrument);
        var trial = new NaiveOrder { Account = order.Account, Request = order.Request };
        copy.Match(trial);
        return trial.End == OrderEnd.Filled;
    }

    private NaiveOrder? Find(AccountReference reference) =>
        !IsKnown(reference.Order.Instrument) ? null : OpenOrders(reference.Account, reference.Order.Instrument).FirstOrDefault(order =>
            reference.Order.OrderId != 0 ? order.Id == reference.Order.OrderId : order.Request.ClientOrderId == reference.Order.ClientOrderId);

    private NaiveReport Amend(AmendOrder command)
    {
        if (!IsKnown(command.Order.Instrument))
        {
            return Refused(RefusalReason.UnknownInstrument, RefusalReason.UnknownOrder);
        }

        if (Find(new AccountReference(command.Account, command.Order)) is not { } order)
        {
            return Refused(RefusalReason.UnknownOrder);
        }

        var market = Markets[order.Request.Instrument];
        var amended = order.Request with
        {
            Price = command.Price == 0 ? order.Request.Price : command.Price,
            Quantity = command.Quantity == 0 ? order.Request.Quantity : command.Quantity,
            SelfTradePrevention = SelfTradePrevention.None,
        };
        var wrong = WrongWithAmendment(market, order, amended);
        if (wrong.Count > 0)
        {
            return Refused(wrong);
        }

        if (amended.Quantity <= order.Executed)
        {
            End(order, OrderEnd.CanceledByAmendment);
            return new NaiveReport { Refusals = [], Order = order };
        }

        if (verdict.RefusesCommand)
        {
            return Refused(verdict.Refusal!.Value);
        }

        var moved = new NaiveOrder { Account = order.Account, Request = amended };
        if (amended.TimeInForce == TimeInForce.PostOnly && MakerFor(market, moved) is not null)
        {
            End(order, OrderEnd.CanceledByAmendment);
            return new NaiveReport { Refusals = [], Order = order };
        }

        order.Request = amended;
        order.Amendments++;
        if (fault != NaiveFault.AmendKeepsPlace)
        {
            market.Resting.Remove(order);
            Match(order);
        }

        return new NaiveReport { Refusals = [], Order = order };
    }

    private static List<RefusalReason> WrongWithAmendment(NaiveMarket market, NaiveOrder order, OrderRequest amended)
    {
        List<RefusalReason> wrong = [];
        if (market.Halted)
        {
            wrong.Add(RefusalReason.TradingHalted);
        }

        CheckPrice(market, amended.Price, wrong);
        CheckBand(market, amended.Side, amended.Price, wrong);
        CheckQuantity(market, amended, wrong);
        if (amended.Price == order.Request.Price && amended.Quantity == order.Request.Quantity)
        {
            wrong.Add(RefusalReason.NothingToAmend);
        }

        if (order.Amendments >= market.Info.MaxAmendments)
        {
            wrong.Add(RefusalReason.TooManyAmendments);
        }

        return wrong;
    }

    private NaiveReport Cancel(CancelOrder command)
    {
        if (!IsKnown(command.Order.Instrument))
        {
            return Refused(RefusalReason.UnknownInstrument, RefusalReason.UnknownOrder);
        }

        if (Find(new AccountReference(command.Account, command.Order)) is not { } order)
        {
            return Refused(RefusalReason.UnknownOrder);
        }

        End(order, OrderEnd.CanceledByUser);
        return new NaiveReport { Refusals = [], Order = order };
    }

    private NaiveReport CancelAll(CancelAllOrders command)
    {
        if (!IsKnown(command.Instrument))
        {
            return Refused(RefusalReason.UnknownInstrument);
        }

        var orders = OpenOrders(command.Account, command.Instrument).ToList();
        foreach (var order in fault == NaiveFault.CancelAllForgetsOne ? orders.Skip(1) : orders)
        {
            End(order, OrderEnd.CanceledByUser);
        }

        return Refused();
    }

    private NaiveReport Halt(HaltTrading command)
    {
        Markets[command.Instrument].Halted = command.Halted;
        return Refused();
    }

    private readonly record struct AccountReference(Core.Matching.Accounts.AccountId Account, OrderReference Order);
}
