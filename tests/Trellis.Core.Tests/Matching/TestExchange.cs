using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

/// <summary>An engine with an instrument or two (tick 0.1, lot 0.001, start price 100, leverage tiers) and a clock that a test turns by hand.</summary>
internal sealed class TestExchange
{
    public const long Start = 1_700_000_000_000;

    public TestExchange(FillRule rule = FillRule.Book, Func<MatchingInstrument, MatchingInstrument>? change = null, int instruments = 1, decimal slippage = 0m, int history = 10_000) =>
        Engine = new MatchingEngine(SettingsOf(rule, change, instruments, slippage, history));

    public MatchingEngine Engine { get; set; }

    public static AccountId House { get; } = new(0);

    public long Now { get; private set; } = Start;

    public static MatchingSettings SettingsOf(FillRule rule = FillRule.Book, Func<MatchingInstrument, MatchingInstrument>? change = null, int instruments = 1, decimal slippage = 0m, int history = 10_000) => new()
    {
        Instruments = [.. Enumerable.Range(0, instruments).Select(index => (change ?? (same => same))(Perpetual($"COIN{index}")))],
        FillRule = rule,
        StartTime = Start,
        SlippagePercent = slippage,
        HistoryLength = history,
    };

    public static MatchingInstrument Perpetual(string coin) => new()
    {
        StartPrice = 100m,
        MinOrderLife = 600_000,
        Instrument = new Instrument
        {
            Id = new InstrumentId("test", MarketKind.Perp, coin + "USDT"),
            BaseCurrency = coin,
            QuoteCurrency = "USDT",
            Rules = [new InstrumentRules { TickSize = 0.1m, LotSize = 0.001m, MinQuantity = 0.001m, MinNotional = 5m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
            LeverageTiers =
            [
                new LeverageTier(10_000m, 0.005m, 0m, 100m),
                new LeverageTier(100_000m, 0.01m, 50m, 50m),
                new LeverageTier(1_000_000m, 0.025m, 1_550m, 20m),
            ],
        },
    };

    public AccountId Account(decimal deposit = 100_000m, bool hedge = false, int leverage = 20)
    {
        var summary = Done<AccountSummary>(new OpenAccount(Now, "someone", hedge, leverage));
        if (deposit != 0)
        {
            Done<AccountSummary>(new Transfer(Now, summary.Account, deposit));
        }

        return summary.Account;
    }

    public TestExchange After(long milliseconds)
    {
        Now += milliseconds;
        return this;
    }

    public Outcome<object> Apply(MatchingCommand command) => Engine.Apply(command);

    /// <summary>Carries a command out that must succeed.</summary>
    public T Done<T>(MatchingCommand command)
    {
        Apply(command).Succeeded(out var value, out var refusal).ShouldBeTrue(refusal?.ToString());
        return (T)value!;
    }

    public void Do(MatchingCommand command) => Done<object>(command);

    public RefusalReason Refused(MatchingCommand command)
    {
        var outcome = Apply(command);
        outcome.Refusal.ShouldNotBeNull();
        outcome.Refusal.Detail.ShouldNotBeEmpty();
        return outcome.Refusal.Reason;
    }

    public PlaceOrder Placing(AccountId account, OrderRequest request) => new(Now, account, request);

    public Order Limit(AccountId account, Side side, decimal price, decimal quantity, Func<OrderRequest, OrderRequest>? change = null) =>
        Done<Order>(Placing(account, Ask.Limit(side, price, quantity, change)));

    public Order Market(AccountId account, Side side, decimal quantity, Func<OrderRequest, OrderRequest>? change = null) =>
        Done<Order>(Placing(account, Ask.Market(side, quantity, change)));

    public ConditionalOrder Stop(AccountId account, Side side, decimal trigger, decimal quantity, Func<OrderRequest, OrderRequest>? change = null) =>
        Done<ConditionalOrder>(Placing(account, Ask.Stop(side, trigger, quantity, change)));

    public Order Cancel(AccountId account, Order order) => Done<Order>(new CancelOrder(Now, account, Name(order)));

    public static OrderReference Name(Order order) => new(order.Request.Instrument, order.Id, "");

    /// <summary>The order as it is now.</summary>
    public Order Look(Order order) => Engine.FindOrder(order.Account, Name(order)).ShouldNotBeNull();

    public ConditionalOrder Look(ConditionalOrder order) => Engine.FindConditional(order.Account, order.Id, "").ShouldNotBeNull();

    public void Move(decimal price, decimal volume = 0m, long step = 0, int instrument = 0) => Do(new MoveMarket(Now, instrument, price, volume, step));

    public void Mark(decimal price, int instrument = 0) => Do(new SetMarkPrice(Now, instrument, price, price));

    public AccountSummary Summary(AccountId account) => Engine.Summarize(account);

    public decimal Position(AccountId account, int instrument = 0) =>
        Summary(account).Positions.Where(position => position.Instrument == instrument).Sum(position => position.Quantity);

    public IReadOnlyList<T> Told<T>() => [.. Engine.Events.OfType<T>()];

    public void Forget()
    {
        Engine.Events.Clear();
        Engine.LevelChanges.Clear();
    }

    /// <summary>Every unit of money and every contract is somewhere.</summary>
    public void MustAddUp()
    {
        var totals = Engine.Totals;
        (totals.Wallets + totals.PositionCosts + totals.Fees + totals.Insurance + totals.Rounding).ShouldBe(totals.Deposits);
        totals.NetQuantities.ShouldAllBe(net => net == 0m);
    }
}

/// <summary>Requests on instrument 0.</summary>
internal static class Ask
{
    public static OrderRequest Limit(Side side, decimal price, decimal quantity, Func<OrderRequest, OrderRequest>? change = null) =>
        Changed(new OrderRequest { Instrument = 0, Side = side, Type = OrderType.Limit, Price = price, Quantity = quantity }, change);

    public static OrderRequest Market(Side side, decimal quantity, Func<OrderRequest, OrderRequest>? change = null) =>
        Changed(new OrderRequest { Instrument = 0, Side = side, Type = OrderType.Market, Quantity = quantity }, change);

    public static OrderRequest Stop(Side side, decimal trigger, decimal quantity, Func<OrderRequest, OrderRequest>? change = null) =>
        Market(side, quantity, request => Changed(request with { Trigger = new Trigger(TriggerKind.Stop, trigger, TriggerSource.LastPrice) }, change));

    private static OrderRequest Changed(OrderRequest request, Func<OrderRequest, OrderRequest>? change) => change is null ? request : change(request);
}
