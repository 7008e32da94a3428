using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

/// <summary>What an exchange refuses, and that a refusal changes nothing.</summary>
public sealed class AcceptanceTests
{
    private readonly TestExchange exchange = new(change: instrument => instrument with
    {
        MinPrice = 1m,
        MaxPrice = 1_000m,
        MaxQuantity = 500m,
        MaxMarketQuantity = 100m,
        PriceBandUp = 1.5m,
        PriceBandDown = 0.5m,
        MaxOpenOrders = 3,
        MaxConditionalOrders = 2,
    });

    private readonly AccountId account;
    private readonly AccountId hedger;

    public AcceptanceTests()
    {
        account = exchange.Account();
        hedger = exchange.Account(hedge: true);
        exchange.Move(100m);
    }

    public static TheoryData<OrderRequest, RefusalReason> Refusals => new()
    {
        { Ask.Limit(Side.Buy, 90m, 1m) with { Instrument = 7 }, RefusalReason.UnknownInstrument },
        { Ask.Limit(Side.Buy, 0m, 1m), RefusalReason.PriceNotPositive },
        { Ask.Limit(Side.Buy, -5m, 1m), RefusalReason.PriceNotPositive },
        { Ask.Limit(Side.Buy, 90.05m, 1m), RefusalReason.PriceTooManyDecimals },
        { Ask.Limit(Side.Buy, 0.9m, 10m), RefusalReason.PriceBelowMinimum },
        { Ask.Limit(Side.Buy, 1_000.1m, 1m), RefusalReason.PriceAboveMaximum },
        { Ask.Limit(Side.Buy, decimal.MaxValue, 1m), RefusalReason.PriceAboveMaximum },
        { Ask.Limit(Side.Buy, 150.1m, 1m), RefusalReason.PriceAboveBand },
        { Ask.Limit(Side.Sell, 49.9m, 1m), RefusalReason.PriceBelowBand },
        { Ask.Limit(Side.Buy, 90m, 0m), RefusalReason.QuantityNotPositive },
        { Ask.Limit(Side.Buy, 90m, -1m), RefusalReason.QuantityNotPositive },
        { Ask.Limit(Side.Buy, 90m, 1.0001m), RefusalReason.QuantityTooManyDecimals },
        { Ask.Limit(Side.Buy, 90m, 0.0001m), RefusalReason.QuantityBelowMinimum },
        { Ask.Limit(Side.Buy, 90m, 500.001m), RefusalReason.QuantityAboveMaximum },
        { Ask.Market(Side.Buy, 100.001m), RefusalReason.QuantityAboveMaximum },
        { Ask.Limit(Side.Buy, 90m, decimal.MaxValue), RefusalReason.QuantityAboveMaximum },
        { Ask.Limit(Side.Buy, 90m, 0.055m), RefusalReason.NotionalBelowMinimum },
        { Ask.Market(Side.Buy, 0.049m), RefusalReason.NotionalBelowMinimum },
        { Ask.Limit(Side.Buy, 90m, 1m) with { PositionSide = PositionSide.Long }, RefusalReason.PositionSideMismatch },
        { Ask.Limit(Side.Buy, 90m, 1m) with { ReduceOnly = true }, RefusalReason.ReduceOnlyRefused },
        { Ask.Market(Side.Sell, 1m) with { ReduceOnly = true }, RefusalReason.ReduceOnlyRefused },
        { Ask.Market(Side.Sell, 0m) with { ClosePosition = true }, RefusalReason.ReduceOnlyRefused },
        { Ask.Limit(Side.Buy, 100.1m, 1m) with { TimeInForce = TimeInForce.PostOnly }, RefusalReason.PostOnlyWouldTake },
        { Ask.Limit(Side.Buy, 99m, 1m) with { TimeInForce = TimeInForce.FillOrKill }, RefusalReason.FillOrKillNotFilled },
        { Ask.Limit(Side.Buy, 90m, 1m) with { TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = TestExchange.Start + 600_000 }, RefusalReason.ExpiryTooEarly },
        { Ask.Stop(Side.Buy, 100m, 1m), RefusalReason.WouldTriggerAtOnce },
        { Ask.Stop(Side.Sell, 100m, 1m), RefusalReason.WouldTriggerAtOnce },
        { Ask.Stop(Side.Sell, 90.01m, 1m), RefusalReason.PriceTooManyDecimals },
        { Ask.Market(Side.Buy, 1m) with { Trigger = new Trigger(TriggerKind.TakeProfit, 100m, TriggerSource.MarkPrice) }, RefusalReason.WouldTriggerAtOnce },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_request_that_breaks_a_rule_is_refused_and_nothing_changes(OrderRequest request, RefusalReason reason)
    {
        exchange.Forget();
        var before = Telling.State(exchange.Engine);

        exchange.Refused(exchange.Placing(account, request)).ShouldBe(reason);

        Telling.State(exchange.Engine).ShouldBe(before);
        exchange.Engine.Events.ShouldBeEmpty();
        exchange.Engine.LevelChanges.ShouldBeEmpty();
    }

    [Fact]
    public void Prices_and_quantities_off_a_coarse_grid_are_told_from_too_many_decimals()
    {
        exchange.Do(new ChangeRules(exchange.Now, 0, exchange.Engine.Instruments[0].Instrument.Rules[0] with { TickSize = 0.5m, LotSize = 0.005m }));

        exchange.Refused(exchange.Placing(account, Ask.Limit(Side.Buy, 90.2m, 1m))).ShouldBe(RefusalReason.PriceNotOnTick);
        exchange.Refused(exchange.Placing(account, Ask.Limit(Side.Buy, 90m, 1.001m))).ShouldBe(RefusalReason.QuantityNotOnLot);
        exchange.Limit(account, Side.Buy, 90.5m, 1.005m);
    }

    [Fact]
    public void Hedge_mode_wants_a_position_side_and_no_reduce_only_and_nothing_closed_beyond_the_position()
    {
        exchange.Refused(exchange.Placing(hedger, Ask.Limit(Side.Buy, 90m, 1m))).ShouldBe(RefusalReason.PositionSideMismatch);
        exchange.Refused(exchange.Placing(hedger, Ask.Limit(Side.Buy, 90m, 1m) with { PositionSide = PositionSide.Long, ReduceOnly = true })).ShouldBe(RefusalReason.ReduceOnlyInHedgeMode);
        exchange.Refused(exchange.Placing(hedger, Ask.Limit(Side.Sell, 110m, 1m) with { PositionSide = PositionSide.Long })).ShouldBe(RefusalReason.ReduceOnlyRefused);

        exchange.Market(hedger, Side.Buy, 2m, request => request with { PositionSide = PositionSide.Long });
        exchange.Refused(exchange.Placing(hedger, Ask.Limit(Side.Sell, 110m, 2.001m) with { PositionSide = PositionSide.Long })).ShouldBe(RefusalReason.ReduceOnlyRefused);
        exchange.Limit(hedger, Side.Sell, 110m, 2m, request => request with { PositionSide = PositionSide.Long });
    }

    [Fact]
    public void Open_and_conditional_orders_are_counted_apart_and_limited()
    {
        for (var i = 0; i < 3; i++)
        {
            exchange.Limit(account, Side.Buy, 90m - i, 1m);
        }

        for (var i = 0; i < 2; i++)
        {
            exchange.Stop(account, Side.Buy, 120m + i, 1m);
        }

        exchange.Refused(exchange.Placing(account, Ask.Limit(Side.Buy, 80m, 1m))).ShouldBe(RefusalReason.TooManyOpenOrders);
        exchange.Refused(exchange.Placing(account, Ask.Stop(Side.Buy, 130m, 1m))).ShouldBe(RefusalReason.TooManyConditionalOrders);
        exchange.Market(account, Side.Buy, 1m).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void A_client_order_id_is_unique_among_the_accounts_open_orders_only()
    {
        OrderRequest Named(decimal price) => Ask.Limit(Side.Buy, price, 1m) with { ClientOrderId = "mine" };
        var order = exchange.Done<Order>(exchange.Placing(account, Named(90m)));

        exchange.Refused(exchange.Placing(account, Named(91m))).ShouldBe(RefusalReason.DuplicateClientOrderId);
        exchange.Stop(account, Side.Buy, 120m, 1m, request => request with { ClientOrderId = "mine" });
        exchange.Refused(exchange.Placing(account, Ask.Stop(Side.Buy, 121m, 1m) with { ClientOrderId = "mine" })).ShouldBe(RefusalReason.DuplicateClientOrderId);

        exchange.Cancel(account, order);
        var next = exchange.Done<Order>(exchange.Placing(account, Named(92m)));
        exchange.Engine.FindOrder(account, new OrderReference(0, 0, "mine"))!.Id.ShouldBe(next.Id);
        exchange.Cancel(account, next);
        exchange.Engine.FindOrder(account, new OrderReference(0, 0, "mine"))!.Id.ShouldBe(next.Id);
    }

    [Fact]
    public void Without_a_client_order_id_the_exchange_makes_one()
    {
        var first = exchange.Limit(account, Side.Buy, 90m, 1m).Request.ClientOrderId;
        var second = exchange.Limit(account, Side.Buy, 90m, 1m).Request.ClientOrderId;

        first.ShouldNotBeEmpty();
        second.ShouldNotBe(first, StringComparer.Ordinal);
        exchange.Engine.FindOrder(account, new OrderReference(0, 0, first)).ShouldNotBeNull();
    }

    [Fact]
    public void Halted_trading_refuses_new_orders_and_lets_cancels_through()
    {
        var order = exchange.Limit(account, Side.Buy, 90m, 1m);
        exchange.Do(new HaltTrading(exchange.Now, 0, Halted: true));

        exchange.Engine.IsHalted(0).ShouldBeTrue();
        exchange.Refused(exchange.Placing(account, Ask.Limit(Side.Buy, 90m, 1m))).ShouldBe(RefusalReason.TradingHalted);
        exchange.Refused(new AmendOrder(exchange.Now, account, TestExchange.Name(order), null, 91m, 1m)).ShouldBe(RefusalReason.TradingHalted);
        exchange.Cancel(account, order).Status.ShouldBe(OrderStatus.Canceled);

        exchange.Do(new HaltTrading(exchange.Now, 0, Halted: false));
        exchange.Limit(account, Side.Buy, 90m, 1m);
    }

    [Fact]
    public void A_market_order_needs_somebody_to_trade_with()
    {
        var empty = new TestExchange();
        var alone = empty.Account();

        empty.Refused(empty.Placing(alone, Ask.Market(Side.Buy, 1m))).ShouldBe(RefusalReason.NoLiquidity);
    }

    [Fact]
    public void What_is_not_of_this_exchange_is_an_error_not_a_refusal()
    {
        Should.Throw<ArgumentException>(() => exchange.Apply(new PassTime(TestExchange.Start - 1)));
        Should.Throw<ArgumentException>(() => exchange.Apply(new Transfer(exchange.Now, new AccountId(99), 1m)));
        Should.Throw<ArgumentException>(() => exchange.Apply(new MoveMarket(exchange.Now, 3, 100m, 0m, 0)));
        Should.Throw<ArgumentException>(() => exchange.Apply(new PassCandle(exchange.Now, exchange.Now, [null])));
    }
}
