using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;
using Trellis.Core.Trading.Views;

namespace Trellis.Core.Tests.Trading;

/// <summary>A loop, a venue that answers at once, and everything that went between them.</summary>
internal sealed class Desk
{
    private readonly Queue<TradingEffect> waiting = new();
    private readonly SortedDictionary<int, TradingInput> unwritten = [];
    private long candle = Some.Start;
    private long? timer;

    public Desk(TradingSettings settings, decimal wallet = 10_000m)
    {
        Settings = settings;
        Loop = new TradingLoop(settings);
        Venue = new SimulatedVenue(settings.Markets, wallet, settings.HedgeMode);
    }

    public TradingSettings Settings { get; }

    public TradingLoop Loop { get; private set; }

    public SimulatedVenue Venue { get; }

    public long Now { get; set; } = Some.Start;

    /// <summary>What the shell would have written down.</summary>
    public List<TradingInput> Journal { get; } = [];

    public List<TradingEffect> Effects { get; } = [];

    /// <summary>Effects that the venue does not get: the test answers them itself.</summary>
    public Func<TradingEffect, bool> Withhold { get; set; } = _ => false;

    public List<TradingEffect> Withheld { get; } = [];

    /// <summary>Whether the user stream tells of what happens at the venue.</summary>
    public bool Streams { get; set; } = true;

    public TradingView View => Loop.View();

    public IEnumerable<ManagedOrder> Live => View.Orders.Where(order => order.State != OrderState.Planned);

    public IEnumerable<PlaceOrder> Placed => Effects.OfType<PlaceOrder>();

    public IEnumerable<string> Alerts => Effects.OfType<Alert>().Select(alert => alert.Code);

    public bool HasAlerted(string code) => Alerts.Any(alert => alert == code);

    public static Desk With(int slots, Action<Trellis.Core.Strategies.DecisionContext> decide) =>
        new(Some.Settings(Some.Bot(() => new PlanStrategy(slots, decide))));

    /// <summary>Begins, reconciles, and closes a first candle at a price.</summary>
    public Desk Begin(decimal price = 100m)
    {
        Quote(price - 0.1m, price + 0.1m);
        Send(new Started(Now, ""));
        Close(price);
        return this;
    }

    /// <summary>With a bot with one order at 99 that rests; at later closes, if so wished, at 98.</summary>
    public static Desk Resting(bool replaced = false) => With(1, context =>
    {
        var plan = context.Lane.Plan;
        plan.WakeAtEveryClose();
        if (context.Lane.LongPosition == 0 && !context.HasFills)
        {
            plan.Set(0, Some.Buy with { Price = replaced && plan.Cycle(0) > 0 ? 980 : 990 });
        }
    });

    /// <summary>A snapshot with a position of the test's choice.</summary>
    public VenueSnapshot Told(Reconcile question, decimal size) => Venue.Snapshot(question) with
    {
        Positions = [new VenuePosition(Settings.Markets[0].Instrument.Id, PositionSide.Net, size, 99m, 99m, 0m, 0m, 1)],
    };

    public void Quote(decimal bid, decimal ask, int market = 0)
    {
        Venue.Time = Now;
        Venue.Quote(market, bid, ask);
        Send(new QuoteChanged(Now, market, bid, ask));
    }

    /// <summary>The price goes somewhere, with a spread of 0.2 around it.</summary>
    public void Move(decimal price, int market = 0) => Quote(price - 0.1m, price + 0.1m, market);

    /// <summary>A candle of a minute that opened and closed at a price.</summary>
    public void Close(decimal price, int market = 0, decimal? low = null, decimal? high = null)
    {
        Wait(Math.Max(0, candle + 60_000 - Now));
        Send(new CandleClosed(Now, market, new Candle(candle, price, high ?? price, low ?? price, price, 1m)));
        candle += 60_000;
    }

    /// <summary>Time passes; the timer rings where it was asked to.</summary>
    public void Wait(long milliseconds)
    {
        var until = Now + milliseconds;
        while (timer is { } due && due <= until)
        {
            timer = null;
            Now = Math.Max(Now, due);
            Send(new TimePassed(Now));
        }

        Now = until;
    }

    public IReadOnlyList<TradingEffect> Send(TradingInput input)
    {
        var effects = new List<TradingEffect>();
        if (Loop.Handle(input, effects))
        {
            Journal.AddRange(unwritten.Values);
            unwritten.Clear();
            Journal.Add(input);
        }
        else
        {
            unwritten[((QuoteChanged)input).Market] = input;
        }

        Effects.AddRange(effects);
        foreach (var effect in effects)
        {
            waiting.Enqueue(effect);
        }

        Tell();
        while (waiting.TryDequeue(out var effect))
        {
            Carry(effect);
            Tell();
        }

        return effects;
    }

    /// <summary>The process dies and begins again: what the journal has is all that is left.</summary>
    /// <param name="aloneSince">Since when the dead process can have sent nothing; 0 for now.</param>
    public void Restart(long aloneSince = 0)
    {
        Loop = new TradingLoop(Settings);
        waiting.Clear();
        timer = null;
        foreach (var input in Journal)
        {
            Loop.Handle(input, []);
        }

        Send(new Started(Now, "", aloneSince));
    }

    private void Carry(TradingEffect effect)
    {
        if (Withhold(effect))
        {
            Withheld.Add(effect);
            return;
        }

        Venue.Time = Now;
        switch (effect)
        {
            case PlaceOrder place:
                var answer = Venue.Place(place.Intent);
                Send(new PlaceAnswered(Now, place.Intent.ClientOrderId, answer));
                break;
            case CancelOrder cancel:
                Send(new CancelAnswered(Now, cancel.ClientOrderId, Venue.Cancel(cancel.ClientOrderId)));
                break;
            case QueryOrder query:
                Wait(Math.Max(0, query.NotBefore - Now));
                Venue.Time = Now;
                var found = Venue.Query(query.ClientOrderId);
                Send(new OrderQueried(Now, query.ClientOrderId, found is null ? AnswerKind.Refused : AnswerKind.Accepted, found, Now));
                break;
            case Reconcile question:
                Send(new SnapshotTaken(Now, question.Reconciliation, Venue.Snapshot(question)));
                break;
            case WakeAt wake:
                timer = Math.Min(timer ?? long.MaxValue, wake.Time);
                break;
        }
    }

    private void Tell()
    {
        var news = Venue.News.ToList();
        Venue.News.Clear();
        foreach (var item in Streams ? news : [])
        {
            Send(item switch
            {
                VenueFill fill => new FillReported(Now, fill),
                VenueOrder order => new OrderReported(Now, order),
                _ => new IncomeReported(Now, (VenueIncome)item),
            });
        }
    }
}
