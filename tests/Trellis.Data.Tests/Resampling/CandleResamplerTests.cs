using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Resampling;

namespace Trellis.Data.Tests.Resampling;

public sealed class CandleResamplerTests
{
    [Theory]
    [InlineData("3m")]
    [InlineData("5m")]
    [InlineData("1h")]
    [InlineData("1d")]
    public void Equals_grouping_by_hand(string to)
    {
        var interval = Interval.Parse(to);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var series = Shifted(Some.Series(random, random.Next(1, 6_000), holes: seed % 3 * 0.4), random.Next(0, 2_000));
            var groups = series.Candles().GroupBy(c => c.OpenTime / interval.Milliseconds * interval.Milliseconds).ToList();

            var (coarse, incomplete) = CandleResampler.Resample(series, interval);

            coarse.Candles().ShouldBe(groups.Select(g => new Candle(g.Key, g.First().Open, g.Max(c => c.High), g.Min(c => c.Low), g.Last().Close, g.Sum(c => c.Volume))).ToList());
            incomplete.ShouldBe(groups.Count(g => g.Count() < interval.Milliseconds / 60_000));
            coarse.StartTime.ShouldBe(groups[0].Key);
            Verify(coarse);
        }
    }

    [Theory]
    [InlineData("1m")]
    [InlineData("1s")]
    public void Only_longer_multiples_are_allowed(string to) =>
        Should.Throw<DataException>(() => CandleResampler.Resample(Some.Series(new Random(1), 10), Interval.Parse(to))).Message.ShouldContain("whole multiple");

    private static void Verify(CandleSeries series)
    {
        using var folder = new TemporaryFolder();
        var store = new Trellis.Data.Store.CandleStore(folder.Path);
        store.Write(series);
        Trellis.Data.Verification.CandleVerifier.Verify(store.PathOf(series.Instrument, series.Interval)).Problems.ShouldBeEmpty();
    }

    private static CandleSeries Shifted(CandleSeries series, int minutes) => new()
    {
        Instrument = series.Instrument,
        Interval = series.Interval,
        StartTime = series.StartTime + (minutes * 60_000L),
        PriceDecimals = series.PriceDecimals,
        VolumeDecimals = series.VolumeDecimals,
        Open = series.Open,
        High = series.High,
        Low = series.Low,
        Close = series.Close,
        Volume = series.Volume,
    };
}
