using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>
/// The exchange of <see cref="FillRule.Book"/> told a second time, as plainly as can be: lists, decimals, searches from end to end.
/// It knows no margin: whether an account can afford something is taken from the exchange that it judges (<see cref="MarginVerdict"/>).
/// </summary>
internal sealed partial class NaiveExchange
{
    private readonly MatchingSettings settings;
    private readonly NaiveFault fault;
    private readonly List<NaiveTrade> trades = [];
    private readonly List<NaiveFill> fills = [];
    private readonly List<NaiveOrder> placed = [];
    private readonly List<NaiveOrder> ended = [];
    private readonly List<NaiveConditional> conditionals = [];
    private readonly List<NaiveIncome> incomes = [];
    private int splitParts = 1;
    private MarginVerdict verdict = MarginVerdict.Ample;

    public NaiveExchange(MatchingSettings settings, NaiveFault fault = NaiveFault.None)
    {
        this.settings = settings;
        this.fault = fault;
        Time = settings.StartTime;
        Markets = [.. settings.Instruments.Select(instrument => new NaiveMarket
        {
            Info = instrument,
            Rules = instrument.Instrument.RulesAt(DateTimeOffset.FromUnixTimeMilliseconds(settings.StartTime)),
            LastPrice = instrument.StartPrice,
            MarkPrice = instrument.StartPrice,
        })];
        Open(hedgeMode: false, leverage: 1);
    }

    public static AccountId House => new(0);

    public long Time { get; private set; }

    public IReadOnlyList<NaiveMarket> Markets { get; }

    public List<NaiveAccount> Accounts { get; } = [];

    public IEnumerable<NaiveOrder> OpenOrders(AccountId account, int instrument) =>
        Markets[instrument].Resting.Where(order => order.Account == account);

    public NaiveReport Apply(MatchingCommand command, MarginVerdict? margin = null)
    {
        verdict = margin ?? MarginVerdict.Ample;
        foreach (var log in (System.Collections.IList[])[trades, fills, placed, ended, conditionals, incomes])
        {
            log.Clear();
        }

        LetTimePass(command.Time);
        NaiveReport report = command switch
        {
            PlaceOrder place => Place(place),
            AmendOrder amend => Amend(amend),
            CancelOrder cancel => Cancel(cancel),
            CancelConditional cancel => Cancel(cancel),
            CancelAllOrders all => CancelAll(all),
            CancelAllConditionals all => CancelAll(all),
            SetQuotes quotes => Quote(quotes),
            TradeOutside trade => TradeWithOutside(trade),
            SetMarkPrice mark => Mark(mark),
            SettleFunding funding => Settle(funding),
            HaltTrading halt => Halt(halt),
            MoveMarket move => Move(move),
            ChangeRules change => Done(() => Markets[change.Instrument].Rules = change.Rules),
            SplitFills split => Done(() => splitParts = Math.Max(1, split.Parts)),
            SetCountdown countdown => CountDown(countdown),
            OpenAccount open => Done(() => Open(open.HedgeMode, open.Leverage)),
            Transfer transfer => Move(transfer),
            SetLeverage leverage => Lever(leverage),
            SetPositionMode mode => Hedge(mode),
            SetMarginMode mode => Margin(mode),
            PassTime => Done(() => { }),
            _ => throw new NotSupportedException($"the naive exchange has no {command.GetType().Name}"),
        };
        var answered = report.Order?.Copy();
        RunTriggers();
        return Close(report, answered);
    }

    /// <param name="answered">The order as it was before the command's consequences met it.</param>
    private NaiveReport Close(NaiveReport report, NaiveOrder? answered) => new()
    {
        Refusals = report.Refusals,
        Order = answered,
        Conditional = report.Conditional,
        Trades = [.. trades],
        Fills = [.. fills],
        Placed = [.. placed],
        Ended = [.. ended],
        Conditionals = [.. conditionals],
        Incomes = [.. incomes],
    };

    private static NaiveReport Refused(params IReadOnlyList<RefusalReason> reasons) => new() { Refusals = reasons };

    private static NaiveReport Done(Action action)
    {
        action();
        return new NaiveReport { Refusals = [] };
    }

    private bool IsKnown(int instrument) => instrument >= 0 && instrument < Markets.Count;

    /// <summary>Dates of orders and countdowns, in the order in which they are due.</summary>
    private void LetTimePass(long time)
    {
        while (NextDue() is var due && due <= time - (fault == NaiveFault.ExpiryATickLate ? 1 : 0))
        {
            Time = due;
            foreach (var order in Markets.SelectMany(market => market.Resting).Where(order => DueTime(order.Request) == due).ToList())
            {
                End(order, OrderEnd.DatePassed);
            }

            foreach (var conditional in Markets.SelectMany(market => market.Waiting).Where(conditional => DueTime(conditional.Request) == due).ToList())
            {
                Markets[conditional.Request.Instrument].Waiting.Remove(conditional);
                Change(conditional, ConditionalStatus.Expired);
            }

            foreach (var account in Accounts)
            {
                foreach (var instrument in Enumerable.Range(0, Markets.Count).Where(instrument => account.Countdown[instrument] == due))
                {
                    account.Countdown[instrument] = 0;
                    EndAll(account.Id, instrument, OrderEnd.CanceledByCountdown);
                }
            }
        }

        Time = time;
    }

    private long NextDue()
    {
        var next = long.MaxValue;
        foreach (var market in Markets)
        {
            foreach (var request in market.Resting.Select(order => order.Request).Concat(market.Waiting.Select(conditional => conditional.Request).Where(_ => fault != NaiveFault.WaitingOrderOutlivesItsDate)))
            {
                next = Math.Min(next, DueTime(request));
            }
        }

        foreach (var account in Accounts)
        {
            foreach (var at in account.Countdown)
            {
                next = at > 0 ? Math.Min(next, at) : next;
            }
        }

        return next;
    }

    private static long DueTime(OrderRequest request) => request.TimeInForce == TimeInForce.GoodTillDate ? request.ExpiresAt : long.MaxValue;
}
