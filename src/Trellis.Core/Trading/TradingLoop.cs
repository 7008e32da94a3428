using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Planning;
using Trellis.Core.Trading.Reconciliation;
using Trellis.Core.Trading.Views;

namespace Trellis.Core.Trading;

/// <summary>
/// The decisions of one account: what its bots want, what the exchange says, and what follows. Pure and single-threaded:
/// state changes only in <see cref="Handle"/>, and equal inputs give equal effects.
/// </summary>
public sealed class TradingLoop
{
    private readonly LoopState state;
    private readonly Asking asking;
    private readonly BotLife life;
    private readonly DrawdownGuard drawdown;
    private readonly RiskTrim trim;
    private readonly PlanDifference difference;
    private readonly OrderSender sender;
    private readonly OrderAnswers answers;
    private readonly OrderReports reports;
    private readonly FillIntake fills;
    private readonly IncomeIntake income;
    private readonly Adoption adoption;
    private readonly Reconciler reconciler;
    private readonly ViewBuilder views;

    /// <exception cref="ConfigurationException">The settings contradict themselves, or bots could meet in opposite directions.</exception>
    public TradingLoop(TradingSettings settings)
    {
        SettingsCheck.Check(settings);
        Settings = settings;
        state = new LoopState(settings);
        var gate = new Gate(state);
        var wishes = new Wishes(state, new ExitShares());
        var foreign = new ForeignOrders(state);
        var refusals = new Refusals(state);
        var end = new OrderEnd(state, refusals);
        sender = new OrderSender(state, end);
        fills = new FillIntake(state, end);
        var money = new MoneyCheck(state, fills);
        income = new IncomeIntake(state, money);
        reports = new OrderReports(state, end, fills, foreign);
        answers = new OrderAnswers(state, sender, reports, end, refusals);
        adoption = new Adoption(state, reports, fills, foreign);
        life = new BotLife(state, wishes, sender);
        asking = new Asking(state, life);
        drawdown = new DrawdownGuard(state, life);
        trim = new RiskTrim(state, gate, wishes, foreign);
        difference = new PlanDifference(state, gate, wishes, sender);
        var intake = new SnapshotIntake(state, reports, answers, sender, fills, income, foreign, new PositionCheck(state, fills, money), money);
        reconciler = new Reconciler(state, intake, fills);
        views = new ViewBuilder(state, reconciler, money, foreign, drawdown);
    }

    public TradingSettings Settings { get; }

    /// <summary>Takes an input up and appends what is to be done.</summary>
    /// <returns>
    /// Whether the input mattered. One that did not is a quote that only replaced the last one: of those, the journal needs just the latest of each
    /// market, before the next input that matters.
    /// </returns>
    public bool Handle(TradingInput input, List<TradingEffect> effects)
    {
        if (input is QuoteChanged quote && !Matters(quote))
        {
            return false;
        }

        state.Outbox.Begin(input.Time, effects);
        Take(input);
        Settle();
        return true;
    }

    /// <summary>The account as it stands.</summary>
    public TradingView View() => views.Build();

    /// <summary>SHA-256 over the canonical text of bots, plans, orders, positions and the ledger; hex. A replay must end with the same.</summary>
    public string Fingerprint() => views.Fingerprint();

    /// <summary>Takes the quote over; whether anything waits for it.</summary>
    private bool Matters(QuoteChanged quote)
    {
        var market = state.Markets[quote.Market];
        market.Quote(quote.Bid, quote.Ask);
        return state.HasStarted && (market.Triggers.AreMetBy(quote.Bid, quote.Ask) || drawdown.IsNeared(quote.Market));
    }

    private void Take(TradingInput input)
    {
        switch (input)
        {
            case QuoteChanged quote:
                TouchMarket(quote.Market);
                break;
            case CandleClosed closed:
                Close(closed);
                break;
            case OrderReported reported:
                reports.Take(reported.Order);
                break;
            case FillReported reported:
                fills.Take(reported.Fill);
                if (fills.HasUnclaimed)
                {
                    state.WantReconcile("a fill belongs to no order that is known");
                }

                drawdown.NotePeak();
                break;
            case IncomeReported reported:
                income.TakeNews(reported.Income);
                break;
            case PlaceAnswered answered:
                answers.Placed(answered);
                break;
            case CancelAnswered answered:
                answers.Canceled(answered);
                break;
            case OrderQueried queried:
                if (!adoption.Queried(queried))
                {
                    answers.Queried(queried);
                }

                break;
            case SnapshotTaken taken:
                reconciler.Take(taken);
                break;
            case SnapshotFailed failed:
                reconciler.Failed(failed);
                break;
            case StreamLost lost:
                Lose(lost);
                break;
            case StreamRestored { Stream: StreamKind.User }:
                state.UserStreamIsBack = true;
                state.WantReconcile("the user stream is back");
                break;
            case TimePassed:
                state.Outbox.ForgetTimer();
                state.Dirty();
                break;
            case RulesChanged changed:
                Change(changed);
                break;
            case BotCommand command:
                life.Command(command);
                break;
            case KillSwitched switched:
                life.Kill(switched.On, switched.ClosePositions, switched.By);
                if (!switched.On)
                {
                    drawdown.Reset();
                }

                break;
            case OrderAdopted adopted:
                adoption.Take(adopted);
                break;
            case Started started:
                Start(started.AloneSince);
                break;
            case Stopping stopping:
                state.IsStopping = true;
                state.CancelsOnStop = stopping.CancelOrders;
                state.Dirty();
                break;
        }
    }

    /// <summary>What follows from the input, for all bots: ask, guard, trim, send the difference, and see what is owed.</summary>
    private void Settle()
    {
        asking.Pending();
        drawdown.Check();
        trim.Run();
        var hasChanged = false;
        foreach (var bot in state.Bots)
        {
            foreach (var lane in bot.Lanes)
            {
                if (lane.IsDirty)
                {
                    difference.Run(bot, lane);
                    hasChanged = true;
                }
            }
        }

        // Nothing else sets or clears what lanes wait for, and whatever makes an order a stray, or lets it be cancelled, makes its lane dirty.
        if (hasChanged)
        {
            GatherTriggers();
            sender.CancelStrays();
        }

        life.Supervise();
        sender.Watch();
        reconciler.Tick();
        drawdown.Mark();
        state.Outbox.Flush();
    }

    private void Close(CandleClosed closed)
    {
        var market = state.Markets[closed.Market];
        if (market.Close(closed.Candle))
        {
            state.RiskIsDirty = true;
            asking.AtClose(market);
            drawdown.NotePeak();
        }
    }

    private void Lose(StreamLost lost)
    {
        if (lost.Stream == StreamKind.User)
        {
            // One that was not there when the account was understood has told nothing yet: it gets no grace.
            state.UserStreamLostAt ??= state.IsReconciled ? state.Now : 0;
            state.UserStreamIsBack = false;
            state.WantReconcile("the user stream was lost");
            state.Outbox.Alert(AlertLevel.Warning, "user-stream-lost", -1, lost.Text);
        }
    }

    private void Change(RulesChanged changed)
    {
        state.Markets[changed.Market].Change(changed.Rules);
        foreach (var bot in state.Bots)
        {
            bot.AskAtClose |= bot.Lanes.Any(lane => lane.Market.Index == changed.Market);
        }

        TouchMarket(changed.Market);
    }

    private void Start(long aloneSince)
    {
        state.HasStarted = true;
        state.IsReconciled = false;
        state.IsStopping = false;
        state.Permission.Forget();
        state.UserStreamLostAt = null;
        state.Outbox.ForgetTimer();
        sender.ForgetAnswers(aloneSince > 0 ? Math.Min(aloneSince, state.Now) : state.Now);
        life.BeginAll();
        reconciler.Begin();
        state.Dirty();
    }

    private void TouchMarket(int market)
    {
        foreach (var bot in state.Bots)
        {
            foreach (var lane in bot.Lanes)
            {
                lane.IsDirty |= lane.Market.Index == market;
            }
        }
    }

    private void GatherTriggers()
    {
        foreach (var market in state.Markets)
        {
            market.Triggers.Clear();
        }

        foreach (var bot in state.Bots)
        {
            foreach (var lane in bot.Lanes)
            {
                lane.Market.Triggers.Add(lane.Triggers);
            }
        }
    }
}
