using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

/// <summary>Wallets, margin, leverage, funding and liquidation. Prices are around 100, the mark price stands at 100 where nothing else is said.</summary>
public sealed class MarginTests
{
    private readonly TestExchange exchange = new();

    public MarginTests()
    {
        exchange.Mark(100m);
        exchange.Do(new SetQuotes(exchange.Now, 0, [new QuoteLevel(99.9m, 10_000m)], [new QuoteLevel(100m, 10_000m)]));
    }

    [Fact]
    public void A_summary_adds_up()
    {
        var account = exchange.Account(1_000m, leverage: 10);
        exchange.Market(account, Side.Buy, 10m);
        exchange.Limit(account, Side.Buy, 90m, 2m);
        exchange.Mark(101m);

        var summary = exchange.Summary(account);

        summary.WalletBalance.ShouldBe(1_000m - 0.5m);
        summary.UnrealizedProfit.ShouldBe(10m);
        summary.MarginBalance.ShouldBe(1_009.5m);
        summary.PositionInitialMargin.ShouldBe(101m);
        summary.OpenOrderInitialMargin.ShouldBe(18m);
        summary.InitialMargin.ShouldBe(119m);
        summary.AvailableBalance.ShouldBe(1_009.5m - 119m);
        summary.MaintenanceMargin.ShouldBe(1_010m * 0.005m);
        var position = summary.Positions.ShouldHaveSingleItem();
        (position.Quantity, position.EntryPrice, position.Notional, position.UnrealizedProfit, position.Leverage).ShouldBe((10m, 100m, 1_010m, 10m, 10));
        position.BreakEvenPrice.ShouldBe(100m / (1m - 0.0005m));
    }

    [Fact]
    public void Orders_that_reduce_a_position_need_no_margin_of_their_own()
    {
        var account = exchange.Account(105m, leverage: 10);
        exchange.Market(account, Side.Buy, 10m);

        exchange.Limit(account, Side.Sell, 101m, 10m);
        exchange.Limit(account, Side.Sell, 102m, 9.5m);
        exchange.Refused(exchange.Placing(account, Ask.Limit(Side.Sell, 103m, 1.5m))).ShouldBe(RefusalReason.InsufficientMargin);
        exchange.Refused(exchange.Placing(account, Ask.Limit(Side.Buy, 90m, 1m))).ShouldBe(RefusalReason.InsufficientMargin);
    }

    [Theory]
    [InlineData(9.95, true)]
    [InlineData(9.96, false)]
    public void An_order_needs_its_margin_and_its_fee(double quantity, bool fits)
    {
        // 9.95 × 100 ÷ 10 + 9.95 × 100 × 0.0005 = 99.9975; 9.96 needs 100.098.
        var account = exchange.Account(100m, leverage: 10);
        var outcome = exchange.Apply(exchange.Placing(account, Ask.Market(Side.Buy, (decimal)quantity)));

        (outcome.Refusal is null).ShouldBe(fits);
        if (!fits)
        {
            outcome.Refusal!.Reason.ShouldBe(RefusalReason.InsufficientMargin);
        }
    }

    [Fact]
    public void A_sale_far_below_the_market_is_margined_at_the_mark_price_and_pays_for_its_loss()
    {
        var account = exchange.Account(100m, leverage: 10);

        exchange.Refused(exchange.Placing(account, Ask.Limit(Side.Sell, 1m, 20m))).ShouldBe(RefusalReason.InsufficientMargin);
        exchange.Refused(exchange.Placing(account, Ask.Limit(Side.Buy, 150m, 5m))).ShouldBe(RefusalReason.InsufficientMargin);
    }

    [Fact]
    public void The_tier_of_the_leverage_caps_the_position()
    {
        var account = exchange.Account(100_000m, leverage: 60);

        exchange.Refused(exchange.Placing(account, Ask.Market(Side.Buy, 101m))).ShouldBe(RefusalReason.PositionAboveLeverageCap);
        exchange.Refused(new SetLeverage(exchange.Now, account, 0, 101)).ShouldBe(RefusalReason.LeverageOutOfRange);
        exchange.Refused(new SetLeverage(exchange.Now, account, 0, 0)).ShouldBe(RefusalReason.LeverageOutOfRange);
        exchange.Done<AccountSummary>(new SetLeverage(exchange.Now, account, 0, 50));
        exchange.Engine.Leverage(account, 0).ShouldBe(50);
        exchange.Market(account, Side.Buy, 101m);
        exchange.Refused(new SetLeverage(exchange.Now, account, 0, 60)).ShouldBe(RefusalReason.PositionAboveLeverageCap);
        exchange.Told<AccountSettingChanged>().ShouldHaveSingleItem().Leverage.ShouldBe(50);
    }

    [Fact]
    public void Leverage_can_not_fall_below_what_the_wallet_carries()
    {
        var account = exchange.Account(120m, leverage: 10);
        exchange.Market(account, Side.Buy, 10m);

        exchange.Refused(new SetLeverage(exchange.Now, account, 0, 8)).ShouldBe(RefusalReason.InsufficientMargin);
        exchange.Engine.Leverage(account, 0).ShouldBe(10);
    }

    [Fact]
    public void Modes_change_only_without_orders_and_positions()
    {
        var account = exchange.Account();
        exchange.Refused(new SetPositionMode(exchange.Now, account, false)).ShouldBe(RefusalReason.PositionModeUnchanged);
        exchange.Refused(new SetMarginMode(exchange.Now, account, 0, MarginMode.Cross)).ShouldBe(RefusalReason.MarginModeUnchanged);
        exchange.Refused(new SetMarginMode(exchange.Now, account, 0, MarginMode.Isolated)).ShouldBe(RefusalReason.IsolatedMarginUnsupported);

        var order = exchange.Limit(account, Side.Buy, 90m, 1m);
        exchange.Refused(new SetPositionMode(exchange.Now, account, true)).ShouldBe(RefusalReason.HasOpenOrders);
        exchange.Cancel(account, order);
        exchange.Market(account, Side.Buy, 1m);
        exchange.Refused(new SetPositionMode(exchange.Now, account, true)).ShouldBe(RefusalReason.HasPosition);
        exchange.Market(account, Side.Sell, 1m);
        exchange.Done<AccountSummary>(new SetPositionMode(exchange.Now, account, true)).HedgeMode.ShouldBeTrue();
    }

    [Fact]
    public void Hedge_mode_keeps_long_and_short_apart()
    {
        var account = exchange.Account(hedge: true, leverage: 10);
        exchange.Market(account, Side.Buy, 3m, request => request with { PositionSide = PositionSide.Long });
        exchange.Market(account, Side.Sell, 2m, request => request with { PositionSide = PositionSide.Short });

        var summary = exchange.Summary(account);

        summary.Positions.Select(position => (position.Side, position.Quantity)).ShouldBe([(PositionSide.Long, 3m), (PositionSide.Short, -2m)]);
        summary.InitialMargin.ShouldBe(50m);
        exchange.MustAddUp();
    }

    [Fact]
    public void Realized_profit_and_fees_are_booked_to_the_last_digit()
    {
        var account = exchange.Account(1_000m);
        exchange.Market(account, Side.Buy, 3m);
        exchange.Limit(account, Side.Sell, 100.5m, 1m);
        exchange.Do(new SetQuotes(exchange.Now, 0, [new QuoteLevel(100.6m, 10m)], [new QuoteLevel(101m, 10m)]));

        var fill = exchange.Engine.Fills(account, 0)[^1];
        (fill.RealizedProfit, fill.Fee, fill.IsMaker, fill.Price).ShouldBe((0.5m, 0.0201m, true, 100.5m));
        exchange.Summary(account).WalletBalance.ShouldBe(1_000m - 0.15m + 0.5m - 0.0201m);
        exchange.Engine.Income(account).Select(entry => entry.Kind).ShouldBe([IncomeKind.Transfer, IncomeKind.Fee, IncomeKind.RealizedProfit, IncomeKind.Fee]);
        exchange.Engine.Totals.Fees.ShouldBe(0.1701m);
    }

    [Fact]
    public void What_is_free_can_be_withdrawn_and_no_more()
    {
        var account = exchange.Account(1_000m, leverage: 10);
        exchange.Market(account, Side.Buy, 10m);
        exchange.Mark(110m);

        exchange.Refused(new Transfer(exchange.Now, account, -900m)).ShouldBe(RefusalReason.InsufficientBalance);
        exchange.Done<AccountSummary>(new Transfer(exchange.Now, account, -889.5m)).WalletBalance.ShouldBe(110m);
        exchange.MustAddUp();
    }

    [Theory]
    [InlineData(0.0001, -0.01)]
    [InlineData(-0.0003, 0.03)]
    public void Funding_is_paid_by_longs_where_the_rate_is_positive(double rate, double paid)
    {
        var (longs, shorts) = (exchange.Account(), exchange.Account());
        exchange.Market(longs, Side.Buy, 1m);
        exchange.Market(shorts, Side.Sell, 1m);
        exchange.Forget();

        exchange.Do(new SettleFunding(exchange.Now, 0, (decimal)rate, 100m));

        exchange.Told<AccountChanged>().Select(told => (told.Account, told.Reason, told.Change)).ShouldBe(
            [(longs, BalanceReason.Funding, (decimal)paid), (shorts, BalanceReason.Funding, -(decimal)paid)]);
        exchange.Told<IncomeBooked>().ShouldAllBe(entry => entry.Kind == IncomeKind.Funding);
        exchange.Told<FundingSettled>().ShouldHaveSingleItem().MarkPrice.ShouldBe(100m);
        exchange.MustAddUp();
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void The_liquidation_price_is_where_the_mark_price_liquidates(Side side)
    {
        var account = exchange.Account(100m, leverage: 10);
        exchange.Market(account, side, 9m);
        var limit = exchange.Summary(account).Positions[0].LiquidationPrice;
        limit.ShouldBeInRange(80m, 120m);

        exchange.Mark(limit + (side.Sign() * 0.02m));
        exchange.Told<Liquidated>().ShouldBeEmpty();
        exchange.Told<MarginCalled>().Count.ShouldBe(1);

        exchange.Mark(limit - (side.Sign() * 0.02m));
        exchange.Told<Liquidated>().ShouldHaveSingleItem().Account.ShouldBe(account);
    }

    [Fact]
    public void A_liquidation_ends_all_orders_and_closes_in_the_book_and_the_insurance_fund_pays_what_is_below_zero()
    {
        var account = exchange.Account(100m, leverage: 10);
        exchange.Market(account, Side.Buy, 9m);
        var order = exchange.Limit(account, Side.Sell, 120m, 1m);
        var conditional = exchange.Stop(account, Side.Sell, 50m, 1m);
        exchange.Do(new SetQuotes(exchange.Now, 0, [new QuoteLevel(85m, 4m)], [new QuoteLevel(86m, 10m)]));
        exchange.Forget();

        exchange.Mark(86m);

        exchange.Look(order).End.ShouldBe(OrderEnd.Liquidation);
        exchange.Look(conditional).Status.ShouldBe(ConditionalStatus.Expired);
        exchange.Summary(account).ShouldSatisfyAllConditions(
            summary => summary.WalletBalance.ShouldBe(0m),
            summary => summary.Positions.ShouldBeEmpty());
        var closing = exchange.Engine.Orders(account, 0).Single(order => order.IsLiquidation);
        closing.Status.ShouldBe(OrderStatus.Filled);
        exchange.Engine.Fills(account, 0).Where(fill => fill.OrderId == closing.Id).Select(fill => (fill.Price, fill.Quantity)).ShouldBe([(85m, 4m), (86m, 5m)]);
        var changes = exchange.Told<AccountChanged>();
        changes.Select(told => told.Reason).ShouldBe([BalanceReason.Order, BalanceReason.Insurance]);
        (changes[0].WalletBalance + changes[1].Change, changes[1].WalletBalance).ShouldBe((0m, 0m));
        exchange.Engine.Totals.Insurance.ShouldBeLessThan(0m);
        exchange.MustAddUp();
    }

    [Fact]
    public void What_is_left_after_a_liquidation_pays_the_liquidation_fee()
    {
        var account = exchange.Account(100m, leverage: 10);
        exchange.Market(account, Side.Buy, 9m);

        exchange.Mark(88.5m);

        // It still sold at 99.9: plenty is left for 1.25 % of what was closed.
        exchange.Told<AccountChanged>().Single(told => told.Reason == BalanceReason.Liquidation).Change.ShouldBe(-0.0125m * 99.9m * 9m);
        exchange.Engine.Totals.Insurance.ShouldBe(0.0125m * 99.9m * 9m);
        exchange.MustAddUp();
    }

    [Fact]
    public void A_margin_call_comes_once_until_the_margin_has_recovered()
    {
        var account = exchange.Account(100m, leverage: 10);
        exchange.Market(account, Side.Buy, 9m);
        foreach (var mark in new[] { 89.4m, 89.45m, 100m, 89.4m })
        {
            exchange.Mark(mark);
        }

        exchange.Told<Liquidated>().ShouldBeEmpty();
        exchange.Told<MarginCalled>().Count.ShouldBe(2);
    }
}
