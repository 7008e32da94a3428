using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Candles;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Conditional;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Synthetic;
using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.Trading;

/// <summary>Carries commands out: what is due by the clock first, then the command, then what follows from it until nothing more does.</summary>
internal sealed class Exchange
{
    private readonly Bookkeeper books;
    private readonly AccountDesk accounts;
    private readonly OrderDesk orders;
    private readonly AmendDesk amendments;
    private readonly ConditionalDesk conditionalDesk;
    private readonly MarketMover mover;
    private readonly OutsideMarket outside;
    private readonly Liquidator liquidator;
    private readonly CandlePass candles;
    private long nextRulesAt;

    public Exchange(MatchingSettings settings)
    {
        Floor = new Floor(settings);
        books = new Bookkeeper(Floor);
        Conditionals = new ConditionalRegister(Floor, Deadlines);
        Register = new OrderRegister(Floor, Conditionals, Deadlines);
        var matcher = new Matcher(Floor, books, Register);
        var quotes = new HouseQuotes(matcher);
        accounts = new AccountDesk(Floor, books);
        orders = new OrderDesk(Floor, Register, matcher);
        amendments = new AmendDesk(Floor, Register, orders);
        conditionalDesk = new ConditionalDesk(Floor, Conditionals, orders);
        mover = new MarketMover(Floor, matcher, quotes);
        outside = new OutsideMarket(matcher, quotes);
        liquidator = new Liquidator(Floor, books, Register, conditionalDesk, matcher);
        candles = new CandlePass(Floor, books, Register, conditionalDesk, new CandleFills(Floor, Register, Conditionals, matcher), mover);
        FindNextRules();
    }

    public Floor Floor { get; }

    public OrderRegister Register { get; }

    public ConditionalRegister Conditionals { get; }

    public Deadlines Deadlines { get; } = new();

    /// <exception cref="ArgumentException">The command can't be of this exchange: its time, account or instrument is not, or it needs the other fill rule.</exception>
    public Outcome<object> Apply(MatchingCommand command)
    {
        CommandCheck.Demand(Floor, command);
        Floor.BeginCommand();
        PassTime(command.Time);
        var outcome = Carry(command);
        Settle();
        return outcome;
    }

    public void FindNextRules() => nextRulesAt = Floor.Markets.Length == 0 ? long.MaxValue : Floor.Markets.Min(market => market.NextRulesAt);

    private Outcome<object> Carry(MatchingCommand command)
    {
        switch (command)
        {
            case OpenAccount open:
                return Widen(accounts.Open(open));
            case Transfer transfer:
                return Widen(accounts.Move(Account(transfer.Account), transfer.Amount));
            case PlaceOrder place when place.Request.Trigger is null:
                return Widen(orders.Place(Account(place.Account), place.Request));
            case PlaceOrder place:
                return Widen(conditionalDesk.Place(Account(place.Account), place.Request));
            case AmendOrder amend:
                return Widen(amendments.Amend(Account(amend.Account), amend));
            case CancelOrder cancel:
                return Widen(amendments.Cancel(Account(cancel.Account), cancel.Order));
            case CancelConditional cancel:
                return Widen(conditionalDesk.Cancel(Account(cancel.Account), cancel.Id, cancel.ClientOrderId));
            case CancelAllOrders or CancelAllConditionals or SetCountdown or SetLeverage or SetPositionMode or SetMarginMode:
                return Widen(ChangeAccount(command));
            default:
                ChangeMarket(command);
                return command;
        }
    }

    private Outcome<AccountSummary> ChangeAccount(MatchingCommand command)
    {
        switch (command)
        {
            case CancelAllOrders cancel when Market(cancel.Instrument) is { } market:
                Register.EndAll(Account(cancel.Account), market, OrderStatus.Canceled, OrderEnd.CanceledByUser);
                return SummaryDesk.Of(Account(cancel.Account));
            case CancelAllConditionals cancel when Market(cancel.Instrument) is { } market:
                conditionalDesk.CancelAll(Account(cancel.Account), market);
                return SummaryDesk.Of(Account(cancel.Account));
            case SetCountdown countdown when Market(countdown.Instrument) is { } market:
                Deadlines.SetCountdown(countdown.Account, market.Index, countdown.At);
                return SummaryDesk.Of(Account(countdown.Account));
            case SetLeverage set when Market(set.Instrument) is { } market:
                return accounts.Set(Account(set.Account), market, set.Leverage);
            case SetPositionMode set:
                return accounts.Set(Account(set.Account), set.HedgeMode);
            case SetMarginMode set when Market(set.Instrument) is not null:
                return AccountDesk.Set(Account(set.Account), set.Mode);
            default:
                return new Refusal(RefusalReason.UnknownInstrument, $"there are {Floor.Markets.Length} instruments, counted from 0");
        }
    }

    private void ChangeMarket(MatchingCommand command)
    {
        switch (command)
        {
            case MoveMarket move:
                mover.Move(Floor.Markets[move.Instrument], move);
                break;
            case SetQuotes set:
                outside.SetQuotes(Floor.Markets[set.Instrument], set);
                break;
            case TradeOutside trade:
                outside.Trade(Floor.Markets[trade.Instrument], trade);
                break;
            case PassCandle pass:
                candles.Pass(pass);
                FindNextRules();
                break;
            case SetMarkPrice set:
                mover.SetMark(Floor.Markets[set.Instrument], set);
                break;
            case SettleFunding settle:
                SettleFunding(Floor.Markets[settle.Instrument], settle);
                break;
            case ChangeRules change:
                Floor.Markets[change.Instrument].Change(change.Rules);
                FindNextRules();
                Floor.Tell(new InstrumentChanged(Floor.Time, change.Instrument));
                break;
            case HaltTrading halt:
                Floor.Markets[halt.Instrument].IsHalted = halt.Halted;
                Floor.Tell(new InstrumentChanged(Floor.Time, halt.Instrument));
                break;
            case SplitFills split:
                Floor.SplitParts = Math.Max(1, split.Parts);
                break;
        }
    }

    private void SettleFunding(Market market, SettleFunding settle)
    {
        var mark = market.NearestUnit(settle.MarkPrice);
        accounts.SettleFunding(market, new Rate(settle.Rate), mark);
        Floor.Tell(new FundingSettled(Floor.Time, market.Index, settle.Rate, market.Units.ToPrice(mark)));
    }

    /// <summary>Lets the clock run to a time; dates, countdowns and rules that it meets come at their own instants.</summary>
    private void PassTime(long time)
    {
        while (Math.Min(Deadlines.Next, nextRulesAt) <= time)
        {
            Floor.Time = Math.Max(Floor.Time, Math.Min(Deadlines.Next, nextRulesAt));
            if (nextRulesAt <= Floor.Time)
            {
                ChangeDatedRules();
            }
            else
            {
                Meet(Deadlines.Take());
            }
        }

        Floor.Time = time;
    }

    private void ChangeDatedRules()
    {
        foreach (var market in Floor.Markets)
        {
            if (market.NextRulesAt <= Floor.Time)
            {
                market.AcceptRules(Floor.Time);
                Floor.Tell(new InstrumentChanged(Floor.Time, market.Index));
            }
        }

        FindNextRules();
    }

    private void Meet(Deadline deadline)
    {
        if (deadline.IsCountdown)
        {
            Register.EndAll(Floor.Accounts[deadline.Account], Floor.Markets[deadline.Instrument], OrderStatus.Canceled, OrderEnd.CanceledByCountdown);
        }
        else if (Conditionals.Find(deadline.ConditionalId) is { } conditional)
        {
            Conditionals.End(conditional, ConditionalStatus.Expired);
        }
        else if (Register.Find(deadline.OrderId) is { } order)
        {
            Register.End(order, OrderStatus.Expired, OrderEnd.DatePassed);
        }
    }

    /// <summary>Accounts are told, then conditional orders trigger, then margin is looked at: until nothing more happens.</summary>
    private void Settle()
    {
        books.Tell();
        if (Floor.Settings.FillRule == FillRule.Candle)
        {
            Floor.Exposed.Clear();
            return;
        }

        while (TriggerNext() || liquidator.CheckNext())
        {
            books.Tell();
        }
    }

    private bool TriggerNext()
    {
        foreach (var market in Floor.Markets)
        {
            if (conditionalDesk.TriggerNext(market))
            {
                return true;
            }
        }

        return false;
    }

    private MarginAccount Account(AccountId id) => Floor.Accounts[id.Value];

    private Market? Market(int instrument) => (uint)instrument < (uint)Floor.Markets.Length ? Floor.Markets[instrument] : null;

    /// <summary>With T = object a value and a refusal convert alike, so each is named.</summary>
    private static Outcome<object> Widen<T>(Outcome<T> outcome)
        where T : class
    {
        if (outcome.Succeeded(out var value, out var refusal))
        {
            return value;
        }

        return refusal;
    }
}
