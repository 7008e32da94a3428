using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Tests.Trading.Simulation;

/// <summary>
/// A loop, its shell and an exchange on a virtual clock, with faults between them: what is sent takes its way, what is told is late, twice or
/// lost, the process is killed. What the shell would have written down is the journal; a killed process has nothing else.
/// </summary>
internal sealed class World
{
    private const long CommitTime = 5;
    private const long Timeout = 3_000;

    private readonly PriorityQueue<Action, (long Time, long Number)> agenda = new();
    private readonly DeterministicRandom random;
    private readonly Faults faults;
    private readonly Dictionary<int, QuoteChanged> unwritten = [];
    private readonly List<(long Time, int Count)> commits = [];
    private long number;
    private long timer = long.MaxValue;
    private int life;
    private bool isUp;
    private bool isSilent;

    public World(TradingSettings settings, Faults faults, ulong seed, decimal wallet = 10_000m)
    {
        Settings = settings;
        this.faults = faults;
        random = new DeterministicRandom(seed);
        Venue = new SimulatedVenue(settings.Markets, wallet, settings.HedgeMode) { LargestFill = faults.Parts ? 0.5m : decimal.MaxValue };
        Venue.Refuse = _ => Happens(faults.Refusals) && !IsHealed ? Pick<RefusalKind>([RefusalKind.Other, RefusalKind.InsufficientMargin, RefusalKind.RateLimited, RefusalKind.BreaksRules]) : null;
        Loop = new TradingLoop(settings);
    }

    public TradingSettings Settings { get; }

    public SimulatedVenue Venue { get; }

    public TradingLoop Loop { get; private set; }

    public long Now { get; private set; } = Some.Start;

    public List<TradingInput> Journal { get; } = [];

    /// <summary>Of each journaled input that mattered, what followed from it; quotes that did not matter have nothing.</summary>
    public List<IReadOnlyList<TradingEffect>> Followed { get; } = [];

    /// <summary>No more faults: everything is to come to rest.</summary>
    public bool IsHealed { get; set; }

    /// <summary>The market stands still and no candle closes.</summary>
    public bool IsFrozen { get; set; }

    public long Steps { get; private set; }

    public int Kills { get; private set; }

    public List<Alert> Alerts { get; } = [];

    public IReadOnlyList<decimal> Prices => prices;

    /// <summary>What a check wants to look at after every step.</summary>
    public Action AfterStep { get; set; } = () => { };

    private readonly List<decimal> prices = [];

    public bool IsUp => isUp;

    public void Begin()
    {
        foreach (var _ in Settings.Markets)
        {
            prices.Add(100m);
        }

        At(Now, Tick);
        At(Now + 1, Boot);
        At(Now + 60_000, Minute);
    }

    public void RunUntil(long time)
    {
        while (agenda.TryPeek(out _, out var due) && due.Time <= time)
        {
            var action = agenda.Dequeue();
            Now = due.Time;
            Venue.Time = Now;
            action();
            TellNews();
            Steps++;
            AfterStep();
        }

        Now = time;
    }

    public void Send(TradingInput input)
    {
        if (!isUp)
        {
            return;
        }

        var effects = new List<TradingEffect>();
        if (!Loop.Handle(input, effects))
        {
            var quote = (QuoteChanged)input;
            unwritten[quote.Market] = quote;
            return;
        }

        foreach (var (_, quote) in unwritten.OrderBy(entry => entry.Key))
        {
            Journal.Add(quote);
            Followed.Add([]);
        }

        unwritten.Clear();
        Journal.Add(input);
        Followed.Add(effects);
        commits.Add((Now + CommitTime, Journal.Count));
        foreach (var effect in effects)
        {
            if (effect is Alert alert)
            {
                Alerts.Add(alert);
            }

            var mine = life;
            if (effect.MayLeaveBeforeCommit)
            {
                Carry(effect);
            }
            else
            {
                At(Now + CommitTime, () =>
                {
                    if (mine == life)
                    {
                        Carry(effect);
                    }
                });
            }
        }
    }

    public void Kill()
    {
        isUp = false;
        life++;
        Kills++;
        timer = long.MaxValue;
        unwritten.Clear();
        var written = commits.Where(commit => commit.Time <= Now).Select(commit => commit.Count).DefaultIfEmpty(0).Max();
        written = Math.Max(written, commits.Count == 0 ? Journal.Count : 0);
        Journal.RemoveRange(written, Journal.Count - written);
        Followed.RemoveRange(written, Followed.Count - written);
        commits.RemoveAll(commit => commit.Count > written);
        At(Now + 1_000 + Pick(20_000), Boot);
    }

    /// <summary>A fresh loop, fed the journal; demands the same effects.</summary>
    public TradingLoop Replay()
    {
        var loop = new TradingLoop(Settings);
        for (var i = 0; i < Journal.Count; i++)
        {
            var effects = new List<TradingEffect>();
            loop.Handle(Journal[i], effects);
            Texts(effects).ShouldBe(Texts(Followed[i]), $"input {i}: {Journal[i]}");
        }

        return loop;
    }

    private static string Texts(IReadOnlyList<TradingEffect> effects) => string.Join('\n', effects.Select(Text));

    private static string Text(TradingEffect effect) => effect switch
    {
        LedgerPosted posted => $"{posted.Entry.Text} {string.Join(' ', posted.Entry.Postings)} {posted.Time} {posted.Reference}",
        Reconcile question => $"{question.Reconciliation} {question.Since} {string.Join(' ', question.ClientOrderIds)}",
        _ => effect.ToString(),
    };

    private void Boot()
    {
        Loop = Replay();
        isUp = true;
        isSilent = false;
        Send(new Started(Now, ""));
        for (var market = 0; market < prices.Count; market++)
        {
            Send(Quote(market));
        }
    }

    private void Tick()
    {
        for (var market = 0; market < prices.Count; market++)
        {
            var move = IsFrozen ? 0m : Math.Round((decimal)random.NextBell() * 0.15m, 1);
            prices[market] = Math.Clamp(prices[market] + move, 60m, 160m);
            var quote = Quote(market);
            Venue.Quote(market, quote.Bid, quote.Ask);
            if (IsFrozen || Happens(0.7))
            {
                At(Now + Pick(30), () => Send(quote with { Time = Now }));
            }
        }

        At(Now + 2_000, Tick);
    }

    private QuoteChanged Quote(int market) => new(Now, market, prices[market] - 0.1m, prices[market] + 0.1m);

    private void Minute()
    {
        for (var market = 0; market < prices.Count && !IsFrozen; market++)
        {
            var input = new CandleClosed(Now, market, new Candle(Now - 60_000, prices[market], prices[market] + 0.3m, prices[market] - 0.3m, prices[market], 1m));
            At(Now + Pick(200), () => Send(input with { Time = Now }));
        }

        if (!IsHealed)
        {
            if (Happens(faults.Kills) && isUp)
            {
                At(Now + Pick(60_000), () =>
                {
                    if (isUp)
                    {
                        Kill();
                    }
                });
            }

            if (Happens(faults.Silences))
            {
                At(Now + Pick(30_000), Silence);
            }

            if (Happens(faults.People))
            {
                At(Now + Pick(60_000), Meddle);
            }
        }

        At(Now + 60_000, Minute);
    }

    private void Silence()
    {
        isSilent = true;
        var mine = life;
        At(Now + 2_000 + Pick(5_000), () => Here(mine, () => Send(new StreamLost(Now, StreamKind.User, "silence"))));
        At(Now + 10_000 + Pick(20_000), () => Here(mine, () =>
        {
            isSilent = false;
            Send(new StreamRestored(Now, StreamKind.User));
        }));
    }

    private void Meddle()
    {
        var market = (int)Pick(prices.Count);
        switch (Pick(6))
        {
            case 0:
                Venue.Pay(VenueIncomeKind.Transfer, Happens(0.5) ? 250m : -100m, null);
                break;
            case 1:
                Venue.Pay(VenueIncomeKind.Funding, -0.001m * decimal.Round(Settings.HedgeMode ? 1m : Venue.Position(market), 3), market);
                break;
            case 2 when Venue.OpenOrders.ToList() is { Count: > 0 } open:
                Venue.Cancel(open[(int)Pick(open.Count)].ClientOrderId);
                break;
            case 3:
                Venue.TradeByHand(market, Happens(0.5) ? Side.Buy : Side.Sell, 0.003m, Settings.HedgeMode ? PositionSide.Long : PositionSide.Net);
                break;
            case 4:
                Send(new BotCommand(Now, (int)Pick(Settings.Bots.Count), Happens(0.5) ? BotCommandKind.Pause : BotCommandKind.Stop, Happens(0.5), "test"));
                break;
            default:
                Send(new BotCommand(Now, (int)Pick(Settings.Bots.Count), Happens(0.5) ? BotCommandKind.Resume : BotCommandKind.Start, false, "test"));
                break;
        }
    }

    private void Carry(TradingEffect effect)
    {
        switch (effect)
        {
            case PlaceOrder place:
                Request(
                    () => Venue.Place(place.Intent),
                    answer => new PlaceAnswered(Now, place.Intent.ClientOrderId, answer));
                break;
            case CancelOrder cancel:
                Request(
                    () => Venue.Cancel(cancel.ClientOrderId),
                    answer => new CancelAnswered(Now, cancel.ClientOrderId, answer));
                break;
            case QueryOrder query:
                Ask(query);
                break;
            case Reconcile question:
                Ask(question);
                break;
            case WakeAt wake:
                Wake(wake.Time);
                break;
        }
    }

    private void Wake(long time)
    {
        var mine = life;
        timer = Math.Min(timer, time);
        At(Math.Max(Now, time), () =>
        {
            if (mine == life && timer <= Now)
            {
                timer = long.MaxValue;
                Send(new TimePassed(Now));
            }
        });
    }

    private void Request(Func<PlaceAnswer> at, Func<PlaceAnswer, TradingInput> told)
    {
        var (mine, sent) = (life, Now);
        if (!IsHealed && Happens(faults.NotSent))
        {
            At(Now + 1, () => Here(mine, () => Send(told(new PlaceAnswer(AnswerKind.NotSent, RefusalKind.Other, null, "circuit open")))));
            return;
        }

        var isAnswered = IsHealed || !Happens(faults.LostRequests + faults.LostAnswers);
        var arrives = isAnswered || Happens(faults.LostAnswers / (faults.LostRequests + faults.LostAnswers));
        var way = IsHealed ? 20 : Pick(faults.LongestWay);
        var answerDue = Now + Timeout;
        if (arrives)
        {
            At(Now + way, () =>
            {
                var answer = Now - sent > Settings.ReceiveWindow ? new PlaceAnswer(AnswerKind.Refused, RefusalKind.Other, null, "timestamp outside the receive window") : at();
                if (isAnswered && Now + way <= answerDue)
                {
                    var bare = Happens(0.3) ? answer with { Order = null } : answer;
                    At(Now + way, () => Here(mine, () => Send(told(bare))));
                }
            });
        }

        if (!arrives || !isAnswered || Now + (2 * way) > answerDue)
        {
            At(answerDue, () => Here(mine, () => Send(told(new PlaceAnswer(AnswerKind.Unknown, RefusalKind.Other, null, "time-out")))));
        }
    }

    private void Ask(QueryOrder query)
    {
        var mine = life;
        At(Math.Max(Now, query.NotBefore) + Pick(50), () =>
        {
            var found = Venue.Query(query.ClientOrderId);
            var kind = !IsHealed && Happens(faults.LostAnswers) ? AnswerKind.Unknown : found is null ? AnswerKind.Refused : AnswerKind.Accepted;
            var asked = Now;
            At(Now + Pick(100), () => Here(mine, () => Send(new OrderQueried(Now, query.ClientOrderId, kind, kind == AnswerKind.Accepted ? found : null, asked))));
        });
    }

    /// <summary>Orders, then fills and income, then positions and balances: the market moves on between them.</summary>
    private void Ask(Reconcile question)
    {
        var mine = life;
        var started = Now + Pick(50);
        At(started, () =>
        {
            var orders = Venue.Snapshot(question);
            At(Now + Pick(300), () =>
            {
                var fills = Venue.Snapshot(question);
                At(Now + Pick(300), () =>
                {
                    var rest = Venue.Snapshot(question);
                    var whole = rest with
                    {
                        StartedAt = started,
                        OpenOrders = orders.OpenOrders,
                        AskedOrders = orders.AskedOrders,
                        NotFound = orders.NotFound,
                        Fills = fills.Fills,
                        Income = fills.Income,
                    };
                    var fails = !IsHealed && Happens(faults.FailedSnapshots);
                    At(Now + Pick(100), () => Here(mine, () => Send(fails
                        ? new SnapshotFailed(Now, question.Reconciliation, "503")
                        : new SnapshotTaken(Now, question.Reconciliation, whole))));
                });
            });
        });
    }

    private void TellNews()
    {
        foreach (var item in Venue.News)
        {
            for (var copy = 0; copy < (!IsHealed && Happens(faults.Doubles) ? 2 : 1); copy++)
            {
                if (!isUp || isSilent)
                {
                    continue;
                }

                var mine = life;
                At(Now + (IsHealed ? 10 : Pick(faults.LongestNews)), () => Here(mine, () => Send(item switch
                {
                    VenueFill fill => new FillReported(Now, fill),
                    VenueOrder order => new OrderReported(Now, order),
                    _ => new IncomeReported(Now, (VenueIncome)item),
                })));
            }
        }

        Venue.News.Clear();
    }

    private void Here(int mine, Action action)
    {
        if (mine == life && isUp)
        {
            action();
        }
    }

    private void At(long time, Action action) => agenda.Enqueue(action, (time, number++));

    private bool Happens(double share) => random.NextUnit() < share;

    private long Pick(long below) => (long)(random.NextUnit() * below);

    private T Pick<T>(IReadOnlyList<T> list) => list[(int)Pick(list.Count)];
}
