using Trellis.Core.Metrics;

namespace Trellis.Core.Tests.Metrics;

public sealed class ExposureMeterTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(-3, 3)]
    [InlineData(0, 5)]
    [InlineData(0, 0)]
    public void Closes_on_a_line_are_taken_as_one_by_one(int slope, int notional)
    {
        var random = new Random(slope + notional);
        for (var round = 0; round < 200; round++)
        {
            var (together, alone) = (new ExposureMeter(), new ExposureMeter());
            for (var stretch = 0; stretch < 5; stretch++)
            {
                var line = new EquityLine(random.Next(-100, 900), slope, notional);
                var prices = Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(1, 200)).ToArray();
                together.Take(new EquityStretch(prices, line));
                foreach (var price in prices)
                {
                    alone.Take(line.At(price), line.NotionalPerClose * price);
                }
            }

            var (fast, slow) = (together.Result, alone.Result);
            (fast.TimeInMarket, fast.MaxNotional, fast.MaxNotionalClose).ShouldBe((slow.TimeInMarket, slow.MaxNotional, slow.MaxNotionalClose));
            fast.MaxOfEquity.ShouldBe(slow.MaxOfEquity, 1e-300 + (slow.MaxOfEquity * 1e-12));
            fast.MeanOfEquity.ShouldBe(slow.MeanOfEquity, 1e-300 + (slow.MeanOfEquity * 1e-12));
        }
    }
}
