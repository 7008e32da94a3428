using Trellis.Core.Markets;
using Trellis.Data.Store;
using Trellis.Data.Verification;

namespace Trellis.Data.Tests.Verification;

public sealed class CandleVerifierTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private VerificationReport Verify(Action<int[], int[], int[], long[]> spoil)
    {
        var series = Some.Series(new Random(1), 1_000);
        var (open, high, low, volume) = (series.Open.ToArray(), series.High.ToArray(), series.Low.ToArray(), series.Volume.ToArray());
        spoil(open, high, low, volume);
        var store = new CandleStore(folder.Path);
        store.Write(new CandleSeries
        {
            Instrument = series.Instrument,
            Interval = series.Interval,
            StartTime = series.StartTime,
            PriceDecimals = 2,
            VolumeDecimals = 5,
            Open = open,
            High = high,
            Low = low,
            Close = series.Close,
            Volume = volume,
        });
        return CandleVerifier.Verify(store.PathOf(series.Instrument, series.Interval));
    }

    [Fact]
    public void A_sound_file_is_sound_and_its_gaps_are_reported()
    {
        var report = Verify((_, _, _, _) => { });
        report.Problems.ShouldBeEmpty();
        report.Gaps.ShouldBe(Gap.Of(Some.Series(new Random(1), 1_000)));
    }

    [Fact]
    public void Bad_candles_are_named()
    {
        Verify((open, _, _, _) => open[0] = int.MaxValue - 1).Problems.ShouldHaveSingleItem().ShouldContain("candle 0 (2024-01-01 00:00): high");
        Verify((_, _, low, _) => low[0] = 0).Problems.ShouldHaveSingleItem().ShouldContain("must be above 0");
        Verify((_, high, low, _) => (high[999], low[999]) = (low[999], low[999])).IsSound.ShouldBeFalse();
        Verify((_, _, _, volume) => volume[999] = -1).Problems.ShouldHaveSingleItem().ShouldContain("volume -1");
    }

    [Fact]
    public void A_damaged_file_is_told_not_thrown()
    {
        var path = folder.Write("1m.candles", "garbage");
        var report = CandleVerifier.Verify(path);
        (report.IsSound, report.Candles).ShouldBe((false, null));
    }
}
