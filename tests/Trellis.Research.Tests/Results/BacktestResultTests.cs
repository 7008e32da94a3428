using Trellis.Core.Numerics;
using Trellis.Research.Results;

namespace Trellis.Research.Tests.Results;

public sealed class BacktestResultTests
{
    private const double Share = (1014.49 - 999.49) / 1014.49;

    private readonly string fills;
    private readonly string equity;
    private readonly BacktestResult result;

    public BacktestResultTests()
    {
        var setup = SmallRun.Setup();
        using var fillsCsv = new StringWriter();
        using var equityCsv = new StringWriter();
        result = BacktestResult.Of(SmallRun.Description(), setup, SmallRun.Outcome(setup), fillsCsv, equityCsv);
        (fills, equity) = (fillsCsv.ToString(), equityCsv.ToString());
    }

    [Fact]
    public void The_parts_of_the_profit_are_those_computed_by_hand()
    {
        result.Outcome.Equity.ToDecimal().ShouldBe(999.49m);
        result.Change.ToDecimal().ShouldBe(-0.51m);
        result.Return.ShouldBe(-0.00051, 1e-15);
        result.Matched.ToDecimal().ShouldBe(10m);
        result.Floating.ToDecimal().ShouldBe(-10m);
        result.Total.Fees.ToDecimal().ShouldBe(-0.51m);
        result.Total.Realized.ToDecimal().ShouldBe(10m);
        result.Total.Unrealized.ToDecimal().ShouldBe(-10m);
        result.Total.Fills.ShouldBe(2);
        result.Pairs.ShouldBe(1);
    }

    [Fact]
    public void Exposure_is_that_of_all_closes()
    {
        var exposure = result.Equity.Exposure;
        exposure.TimeInMarket.ShouldBe(0.75);
        exposure.MaxNotional.ToDecimal().ShouldBe(202m);
        exposure.MaxNotionalClose.ShouldBe(1);
        exposure.MaxOfEquity.ShouldBe(202 / 1001.6, 1e-12);
        exposure.MeanOfEquity.ShouldBe(((202 / 1001.6) + (105 / 1014.49) + (90 / 999.49)) / 4, 1e-12);
    }

    [Fact]
    public void Buy_and_hold_buys_at_the_first_close()
    {
        result.BuyAndHold.Return.ShouldBe(-0.1, 1e-15);
        result.BuyAndHold.Equity.ShouldBe(Money.FromDecimal(900m));
        result.BuyAndHold.Drawdown.Share.ShouldBe(0.15 / 1.05, 1e-12);
        result.BuyAndHold.Drawdown.Peak.ShouldBe(1_704_067_380_000);
        result.BuyAndHold.Drawdown.Trough.ShouldBe(1_704_067_440_000);
    }

    [Fact]
    public void Every_fill_is_a_row() => fills.ShouldBe(
        "time,time_ms,bot,instrument,slot,cycle,kind,liquidity,side,position_side,price,quantity,notional,fee,fee_currency,fee_amount,realized,funding,wallet,position\n" +
        "2024-01-01T00:01:00Z,1704067260000,hand,binance/spot/BTCUSDT,s0,1,market,taker,buy,net,100,2,200,-0.4,USDT,0.4,0,0,999.6,2\n" +
        "2024-01-01T00:02:00Z,1704067320000,hand,binance/spot/BTCUSDT,s1,1,limit,maker,sell,net,110,1,110,-0.11,USDT,0.11,10,0,1009.49,1\n");

    [Fact]
    public void The_curve_has_the_first_and_the_last_close()
    {
        var rows = equity.Split('\n');
        rows[0].ShouldBe("time,time_ms,equity,wallet,unrealized,drawdown,hand binance/spot/BTCUSDT close,hand binance/spot/BTCUSDT position");
        rows[1].ShouldBe("2024-01-01T00:01:00Z,1704067260000,1000,1000,0,0,100,0");
        rows[2].ShouldStartWith("2024-01-01T00:04:00Z,1704067440000,999.49,1009.49,-10,0.0147");
        rows[2].ShouldEndWith(",90,1");
        double.Parse(rows[2].Split(',')[5]).ShouldBe(Share, 1e-12);
        rows.Length.ShouldBe(4);
    }

    [Fact]
    public void An_open_position_has_its_entry_price()
    {
        var position = result.Positions.ShouldHaveSingleItem();
        (position.Quantity, position.EntryPrice, position.MarkPrice).ShouldBe((1m, 100m, 90m));
        position.Unrealized.ToDecimal().ShouldBe(-10m);
    }

    [Fact]
    public void The_data_says_that_it_is_made_up()
    {
        var data = result.Data.ShouldHaveSingleItem();
        data.GeneratedBy.ShouldBe("hand");
        data.Fingerprint.ShouldBe("f00d");
        data.Holes.ShouldBe(0);
    }
}
