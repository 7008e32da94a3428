using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>Random commands that look at how things stand, so that most of them do something.</summary>
internal sealed class CommandGenerator(FuzzScenario scenario, MatchingEngine engine)
{
    private readonly Dice dice = new(scenario.Seed ^ 0x5EED);
    private readonly RequestGenerator requests = new(scenario, engine);
    private readonly SortedSet<long> dues = [];
    private long time = scenario.Settings.StartTime;
    private long moves;

    /// <summary>In the order of <see cref="Of"/>: what the naive exchange can follow, then what only invariants watch.</summary>
    public static IReadOnlyList<int> UsualWeights { get; } = [60, 8, 10, 12, 1, 2, 1, 1, 4, 4, 1, 5, 1, 1, 1, 1, 1, 1, 4, 1, 1];

    public static IReadOnlyList<int> WildWeights { get; } = [60, 8, 10, 12, 1, 2, 1, 1, 2, 2, 2, 5, 4, 1, 3, 1, 1, 1, 6, 1, 1];

    public MatchingCommand Next()
    {
        time += dice.Weighted([70, 25, 3, 2]) switch { 0 => dice.Between(0, 5), 1 => dice.Between(0, 2_000), 2 => dice.Between(0, 300_000), _ => 650_000 };
        if (dice.Chance(3) && dues.FirstOrDefault(due => due > time) is var due and > 0)
        {
            // To the very instant at which something is due, or to the one before.
            time = due - dice.Below(2);
        }

        return Of(dice.Weighted(scenario.Weights), new AccountId(dice.Between(1, scenario.Users)), dice.Below(scenario.Settings.Instruments.Count));
    }

    private MatchingCommand Of(int kind, AccountId account, int instrument) => kind switch
    {
        0 => Place(account, requests.Order(account, instrument, time)),
        1 => Place(account, requests.Conditional(account, instrument, time)),
        2 => Amend(account, instrument),
        3 => new CancelOrder(time, account, Reference(account, instrument).Reference),
        4 => new CancelAllOrders(time, account, Or(instrument)),
        5 => CancelConditional(account, instrument),
        6 => new CancelAllConditionals(time, account, Or(instrument)),
        7 => CountDown(account, instrument),
        8 => scenario.Quoted ? Quotes(instrument) : new PassTime(time),
        9 => scenario.Quoted ? Outside(instrument) : new PassTime(time),
        10 => new SettleFunding(time, instrument, (dice.Between(-300, 300) / 1_000_000m) + (dice.Chance(30) ? 0.000_000_37m : 0), requests.Price(instrument)),
        11 => Mark(instrument),
        12 => new SetLeverage(time, account, Or(instrument), dice.Of(0, 1, 5, 20, 20, 50, 125, 126)),
        13 => new SetPositionMode(time, account, dice.Chance(50)),
        14 => new Transfer(time, account, scenario.Scarce ? dice.Between(-3, 10) : dice.Between(-20, 20)),
        15 => new HaltTrading(time, instrument, dice.Chance(15)),
        16 => new SetMarginMode(time, account, Or(instrument), dice.Of(MarginMode.Cross, MarginMode.Isolated)),
        18 => scenario.Moved ? new MoveMarket(time, instrument, requests.Price(instrument), requests.Quantity(instrument) * dice.Between(0, 5), ++moves) : new PassTime(time),
        19 => new SplitFills(time, dice.Between(1, 4)),
        20 => OtherRules(instrument),
        _ => new PassTime(time),
    };

    private PlaceOrder Place(AccountId account, OrderRequest request)
    {
        if (request.ExpiresAt > 0)
        {
            dues.Add(request.ExpiresAt);
        }

        return new PlaceOrder(time, account, request);
    }

    private SetCountdown CountDown(AccountId account, int instrument)
    {
        var at = dice.Chance(30) ? 0 : time + dice.Between(1, 5_000);
        dues.Add(at);
        return new SetCountdown(time, account, Or(instrument), at);
    }

    /// <summary>Now and then an instrument that there is not.</summary>
    private int Or(int instrument) => dice.Chance(3) ? dice.Of(-1, scenario.Settings.Instruments.Count) : instrument;

    private (OrderReference Reference, Order? Order) Reference(AccountId account, int instrument)
    {
        var open = engine.OpenOrders(account, instrument);
        if (open.Count == 0 || dice.Chance(4))
        {
            return (new OrderReference(Or(instrument), 0, dice.Of("nobody", "c1", "c2")), null);
        }

        var order = open[dice.Below(open.Count)];
        return (dice.Chance(30) ? new OrderReference(instrument, order.Id, "") : new OrderReference(instrument, 0, order.Request.ClientOrderId), order);
    }

    private AmendOrder Amend(AccountId account, int instrument)
    {
        var (reference, order) = Reference(account, instrument);
        var price = order is null || dice.Chance(50) ? requests.Price(instrument) : order.Request.Price;
        var lot = requests.Rules(instrument).LotSize;
        var quantity = dice.Weighted([40, 40, 12, 8]) switch
        {
            0 => order?.Request.Quantity ?? lot,
            1 => requests.Quantity(instrument),
            2 => Math.Max(lot, order?.ExecutedQuantity ?? 0),
            _ => requests.OddQuantity(instrument),
        };
        return new AmendOrder(time, account, reference, dice.Chance(50) ? order?.Request.Side : null, price, quantity);
    }

    private CancelConditional CancelConditional(AccountId account, int instrument)
    {
        var waiting = engine.OpenConditionals(account, instrument);
        return waiting.Count == 0 || dice.Chance(4) ? new CancelConditional(time, account, dice.Chance(50) ? 99_999 : 0, "nobody")
            : dice.Chance(50) ? new CancelConditional(time, account, waiting[0].Id, "")
            : new CancelConditional(time, account, 0, waiting[^1].Request.ClientOrderId);
    }

    private SetMarkPrice Mark(int instrument)
    {
        // Where money is scarce, the mark price leaps now and then, and somebody is liquidated.
        var leap = dice.Chance(scenario.Scarce ? 40 : 2) ? dice.Between(-100, 100) : 0;
        var price = requests.Price(instrument) + (leap * requests.Rules(instrument).TickSize);
        return new SetMarkPrice(time, instrument, price, price);
    }

    private SetQuotes Quotes(int instrument)
    {
        var middle = requests.Price(instrument);
        var tick = requests.Rules(instrument).TickSize;
        var levels = dice.Below(5);
        List<QuoteLevel> Ladder(int sign) =>
            [.. Enumerable.Range(1, levels).Select(i => new QuoteLevel(middle + (sign * i * tick), requests.Quantity(instrument) * dice.Between(1, 3)))];
        return new SetQuotes(time, instrument, Ladder(-1), dice.Chance(90) ? Ladder(1) : []);
    }

    private TradeOutside Outside(int instrument) =>
        new(time, instrument, dice.Of(Side.Buy, Side.Sell), requests.Price(instrument), requests.Quantity(instrument) * dice.Between(1, 4));

    private ChangeRules OtherRules(int instrument)
    {
        var first = scenario.Settings.Instruments[instrument].Instrument.Rules[0];
        var rules = first with
        {
            TickSize = first.TickSize * dice.Of(1, 1, 2),
            LotSize = first.LotSize * dice.Of(1, 1, 2),
            MakerFee = first.MakerFee * dice.Of(1, 2),
        };
        requests.Adopt(instrument, rules);
        return new ChangeRules(time, instrument, rules);
    }
}
