using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Simulation.Scenarios;
using Cancel = Trellis.Core.Matching.Commands.CancelOrder;
using Place = Trellis.Core.Matching.Commands.PlaceOrder;

namespace Trellis.Simulation.Exchange;

/// <summary>The account's side of a matching engine: requests in, answers and news out, both in the words of an adapter.</summary>
public sealed class SimulatedExchange
{
    private readonly TradingSettings settings;
    private readonly VenueShape shape;
    private readonly Wording wording;
    private readonly List<VenueFill> fills = [];
    private readonly Dictionary<long, (Order Order, VenueOrder Told)> known = [];
    private readonly List<VenueIncome> income = [];

    public SimulatedExchange(TradingSettings settings, VenueShape shape, long start, decimal wallet)
    {
        this.settings = settings;
        this.shape = shape;
        wording = new Wording(settings.Markets, shape);
        Time = start;
        Engine = new MatchingEngine(new MatchingSettings
        {
            StartTime = start,
            Instruments = [.. settings.Markets.Select(market => new MatchingInstrument { Instrument = market.Instrument, StartPrice = SimulatedMarkets.StartPrice, DataDecimals = 1, MaxOpenOrders = 1_000 })],
        });
        Engine.Apply(new OpenAccount(start, "shared", settings.HedgeMode));
        Engine.Apply(new Transfer(start, Account, wallet));
        Engine.Events.Clear();
    }

    public static AccountId Account { get; } = new(1);

    public MatchingEngine Engine { get; }

    /// <summary>Unix milliseconds; the exchange's own clock, which is right.</summary>
    public long Time { get; set; }

    /// <summary>What the user stream has to tell: <see cref="VenueOrder"/>, <see cref="VenueFill"/> and <see cref="VenueIncome"/>, oldest first.</summary>
    public Queue<object> News { get; } = new();

    /// <summary>Called with every change of an order of the account, by whomever.</summary>
    public Action<OrderChanged> OrderSeen { get; set; } = _ => { };

    /// <summary>Called with every change of an order that waits for a trigger.</summary>
    public Action<ConditionalChanged> ConditionalSeen { get; set; } = _ => { };

    /// <summary>Every fill of the account so far.</summary>
    public IReadOnlyList<VenueFill> Fills => fills;

    /// <summary>Orders, fills and conditional orders that changed, so far.</summary>
    public long OrderEvents { get; private set; }

    public PlaceAnswer PlaceOrder(OrderIntent intent)
    {
        var isTrigger = intent.TriggerPrice > 0;
        var request = new OrderRequest
        {
            Instrument = intent.Market,
            Side = intent.Side,
            Type = intent.Kind == OrderKind.Limit ? OrderType.Limit : OrderType.Market,
            Price = intent.Price,
            Quantity = intent.Quantity,
            TimeInForce = intent.PostOnly ? TimeInForce.PostOnly : TimeInForce.GoodTillCanceled,
            ReduceOnly = intent.ReduceOnly && !settings.HedgeMode && !intent.ClosePosition,
            ClosePosition = intent.ClosePosition,
            PositionSide = intent.PositionSide,
            ClientOrderId = intent.ClientOrderId,
            Trigger = isTrigger ? new Trigger(TriggerKindOf(intent), intent.TriggerPrice, TriggerSource.LastPrice) : null,
        };
        return Answer(Apply(new Place(Time, Account, request)));
    }

    public PlaceAnswer Cancel(int market, string clientOrderId, bool isConditional) => Answer(Apply(isConditional
        ? new CancelConditional(Time, Account, 0, clientOrderId)
        : new Cancel(Time, Account, new OrderReference(market, 0, clientOrderId))));

    /// <summary>The present state of an order; null where the exchange does not know it.</summary>
    public VenueOrder? Query(int market, string clientOrderId, bool isConditional)
    {
        if (isConditional)
        {
            return Engine.FindConditional(Account, 0, clientOrderId) is { } conditional ? Tell(conditional) : null;
        }

        return Engine.FindOrder(Account, new OrderReference(market, 0, clientOrderId)) is { } order ? Tell(order) : null;
    }

    /// <summary>All open orders of the account, those that wait for a trigger among them.</summary>
    public List<VenueOrder> OpenOrders()
    {
        var (orders, conditionals) = (Engine.OpenOrders(Account, -1), Engine.OpenConditionals(Account, -1));
        var told = new List<VenueOrder>(orders.Count + conditionals.Count);
        for (var i = 0; i < orders.Count; i++)
        {
            told.Add(Tell(orders[i]));
        }

        for (var i = 0; i < conditionals.Count; i++)
        {
            told.Add(Tell(conditionals[i]));
        }

        return told;
    }

    public List<VenueFill> FillsSince(long time)
    {
        var first = fills.Count;
        while (first > 0 && fills[first - 1].Time >= time)
        {
            first--;
        }

        var since = new List<VenueFill>(fills.Count - first);
        for (; first < fills.Count; first++)
        {
            since.Add(fills[first].ClientOrderId.Length == 0 ? fills[first] : fills[first] with { ClientOrderId = "" });
        }

        return since;
    }

    public List<VenueIncome> IncomeSince(long time)
    {
        var first = income.Count;
        while (first > 0 && income[first - 1].Time >= time)
        {
            first--;
        }

        return income[first..];
    }

    public AccountSummary Summarize() => Engine.Summarize(Account);

    public List<VenuePosition> Positions(AccountSummary summary) =>
    [
        .. summary.Positions.Where(position => position.Quantity != 0).Select(position => new VenuePosition(
            settings.Markets[position.Instrument].Instrument.Id, position.Side, position.Quantity, position.EntryPrice, position.MarkPrice,
            decimal.Round(position.UnrealizedProfit, shape.MoneyDecimals), position.LiquidationPrice, position.Leverage)),
    ];

    public VenueBalance Balance(AccountSummary summary) => new("USDT", decimal.Round(summary.WalletBalance, shape.MoneyDecimals), summary.AvailableBalance);

    /// <summary>Carries a command out and takes up what happened.</summary>
    public Outcome<object> Apply(MatchingCommand command)
    {
        var outcome = Engine.Apply(command);
        foreach (var happened in Engine.Events)
        {
            Take(happened);
        }

        Engine.Events.Clear();
        Engine.LevelChanges.Clear();
        return outcome;
    }

    private void Take(MatchingEvent happened)
    {
        switch (happened)
        {
            case OrderChanged { Order: var order } changed when order.Account == Account:
                OrderEvents++;
                OrderSeen(changed);
                if (changed.Fill is { } fill)
                {
                    var told = wording.Fill(fill, order);
                    fills.Add(told);
                    News.Enqueue(told);
                }

                News.Enqueue(Tell(order));
                break;
            case ConditionalChanged { Order: var conditional } waiting when conditional.Account == Account:
                OrderEvents++;
                ConditionalSeen(waiting);
                News.Enqueue(Tell(conditional));
                break;
            case IncomeBooked booked when booked.Account == Account && wording.Income(booked) is { } entry:
                income.Add(entry);
                News.Enqueue(entry);
                break;
            case Liquidated liquidated:
                throw new InvariantException("nobody is liquidated", $"{liquidated}");
        }
    }

    private PlaceAnswer Answer(Outcome<object> outcome)
    {
        if (!outcome.Succeeded(out var value, out var refusal))
        {
            return Wording.Refused(refusal);
        }

        var told = shape.AcknowledgesOnly ? null : value is ConditionalOrder conditional ? Tell(conditional) : Tell((Order)value);
        return new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, told, "");
    }

    /// <summary>The words for an order; the same ones as long as nothing happened to it.</summary>
    private VenueOrder Tell(Order order)
    {
        if (!known.TryGetValue(order.Id, out var before) || !ReferenceEquals(before.Order, order))
        {
            known[order.Id] = before = (order, wording.Order(order));
        }

        return before.Told;
    }

    private VenueOrder Tell(ConditionalOrder conditional) => wording.Conditional(
        conditional, conditional.OrderId == 0 ? null : Engine.FindOrder(Account, new OrderReference(conditional.Request.Instrument, conditional.OrderId, "")));

    private static TriggerKind TriggerKindOf(OrderIntent intent) =>
        intent.Kind == OrderKind.TriggerAtOrAbove == (intent.Side == Side.Buy) ? TriggerKind.Stop : TriggerKind.TakeProfit;
}
