using Trellis.Core.Metrics;

namespace Trellis.Core.Tests.Metrics;

public sealed class ProfitDistributionTests
{
    [Fact]
    public void Bins_have_round_bounds_of_which_zero_is_one()
    {
        var bins = ProfitDistribution.Of([-3, 0, 4, 45]);

        bins[0].ShouldBe(new ProfitBin(new(-4), new(-2), 1));
        bins.Single(bin => bin.From.IsZero).Count.ShouldBe(1);
        bins[^1].ShouldBe(new ProfitBin(new(44), new(46), 1));
        bins.Count.ShouldBe(25);
    }

    [Fact]
    public void Every_profit_is_in_the_bin_that_holds_it()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var spread = (long)Math.Pow(10, random.Next(1, 18));
            var profits = Enumerable.Range(0, random.Next(1, 60)).Select(_ => (Int128)random.NextInt64(-spread, spread)).ToArray();
            var bins = ProfitDistribution.Of(profits);

            bins.Count.ShouldBeLessThanOrEqualTo(ProfitDistribution.MostBins + 2);
            bins.Sum(bin => bin.Count).ShouldBe(profits.Length);
            bins.ShouldAllBe(bin => bin.Count == profits.Count(profit => profit >= bin.From.Units && profit < bin.To.Units));
        }
    }

    [Fact]
    public void Without_a_trade_there_is_no_bin() => ProfitDistribution.Of([]).ShouldBeEmpty();
}
