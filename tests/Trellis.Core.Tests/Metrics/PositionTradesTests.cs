using Trellis.Core.Metrics;

namespace Trellis.Core.Tests.Metrics;

public sealed class PositionTradesTests
{
    private readonly TradeMeter trades = new();
    private readonly TradeMeter trips = new();
    private readonly PositionTrades position = new(1_000);

    [Fact]
    public void A_trade_bears_its_share_of_the_fees_funding_and_time_of_opening()
    {
        Fill(1_000, 4, fee: -8);
        Fill(3_000, 4, fee: -8);
        position.Take(new AccountEntry { Time = 4_000, Funding = -4 }, trades, trips);
        Fill(6_000, -2, fee: -3, realized: 100);

        // A quarter of 20 that the position carries; opened at 2,000 on average.
        trades.Profits.ToArray().ShouldBe([(Int128)(100 - 3 - 5)]);
        trades.Result().HoldingMax.ShouldBe(4_000);
        position.Carried.ShouldBe(-15);
        trips.Result().Count.ShouldBe(0);
        position.OpenTrip.ShouldBe(100 - 8 - 8 - 4 - 3);
    }

    [Fact]
    public void A_round_trip_lasts_from_flat_to_flat()
    {
        Fill(1_000, 4, fee: -8);
        Fill(3_000, -1, fee: -1, realized: 10);
        Fill(9_000, -3, fee: -3, realized: -30);

        var trip = trips.Result();
        (trip.Count, trip.HoldingMax, trip.Realized.Units, trip.Profit.Units).ShouldBe((1, 8_000L, -20, -32));
        trades.Result().Profit.Units.ShouldBe(-32);
        (position.Size, position.Carried, position.OpenTrip).ShouldBe((0L, 0, 0));
    }

    [Fact]
    public void A_fill_that_turns_a_position_closes_one_trip_and_opens_the_next()
    {
        Fill(1_000, 2, fee: -2);
        Fill(5_000, -5, fee: -10, realized: 50);

        trips.Result().Profit.Units.ShouldBe(50 - 2 - 4);
        (position.Size, position.Carried, position.OpenTrip).ShouldBe((-3L, -6, -6));
        Fill(7_000, 3, fee: -1, realized: 7);
        trips.Profits.ToArray().ShouldBe([(Int128)44, 0]);
        trips.Result().HoldingMedian.ShouldBe(3_000);
    }

    [Fact]
    public void Wins_losses_and_the_profit_factor_come_from_profits_after_costs()
    {
        Trade(30);
        Trade(-10);
        Trade(0);
        Trade(-5);

        var result = trades.Result();
        (result.Count, result.Wins, result.Losses, result.WinRate, result.ProfitFactor).ShouldBe((4, 1, 2, 0.25, 2.0));
        (result.Best.Units, result.Worst.Units).ShouldBe((30, -10));
        new TradeMeter().Result().ProfitFactor.ShouldBeNull();
    }

    private void Trade(int profit) => trades.Add(new Trade(0, profit, profit, 0));

    private void Fill(long time, long change, int fee, int realized = 0) =>
        position.Take(new AccountEntry { Time = time, IsFill = true, SizeChange = change, Fee = fee, Realized = realized }, trades, trips);
}
