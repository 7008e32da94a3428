using Trellis.Core.Markets;

namespace Trellis.Core.Tests.Markets;

public sealed class CandleSeriesTests
{
    private static readonly CandleSeries Series = new()
    {
        Instrument = new InstrumentId("binance", MarketKind.Spot, "XUSDT"),
        Interval = Interval.OneMinute,
        StartTime = 1_704_067_200_000,
        PriceDecimals = 1,
        Open = new[] { 10, 11, 12 },
        High = new[] { 12, int.MinValue, 13 },
        Low = new[] { 9, int.MaxValue, 11 },
        Close = new[] { 11, 11, 12 },
        Fingerprint = "abc",
    };

    [Fact]
    public void A_hole_is_met_by_no_price()
    {
        Enumerable.Range(0, 3).Select(Series.IsHole).ShouldBe([false, true, false]);
        (Series.Low.Span[1] <= int.MaxValue - 1).ShouldBeFalse();
        (Series.High.Span[1] >= 0).ShouldBeFalse();
    }

    [Fact]
    public void Times_follow_from_the_start_and_the_interval()
    {
        Series.TimeOf(2).ShouldBe(1_704_067_320_000);
        Series.EndTime.ShouldBe(1_704_067_380_000);
    }

    [Fact]
    public void In_a_finer_unit_prices_are_the_same_and_holes_stay_holes()
    {
        var finer = Series.WithPriceDecimals(3);
        finer.Open.ToArray().ShouldBe([1000, 1100, 1200]);
        finer.High.ToArray().ShouldBe([1200, int.MinValue, 1300]);
        finer.Low.ToArray().ShouldBe([900, int.MaxValue, 1100]);
        finer.IsHole(1).ShouldBeTrue();
        finer.Fingerprint.ShouldBe("abc");
        Series.WithPriceDecimals(1).ShouldBeSameAs(Series);
    }

    [Fact]
    public void A_price_that_does_not_fit_the_finer_unit_is_named()
    {
        var dear = new CandleSeries
        {
            Instrument = Series.Instrument,
            Interval = Series.Interval,
            StartTime = 0,
            PriceDecimals = 0,
            Open = new[] { 3_000_000 },
            High = new[] { 3_000_000 },
            Low = new[] { 3_000_000 },
            Close = new[] { 3_000_000 },
        };
        Should.Throw<DataException>(() => dear.WithPriceDecimals(3)).Message.ShouldContain("price 3000000 × 10^-0 does not fit with 3 decimals");
    }
}
