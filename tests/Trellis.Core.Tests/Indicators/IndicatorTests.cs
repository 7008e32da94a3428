using Trellis.Core.Indicators;
using Trellis.Core.Markets;

namespace Trellis.Core.Tests.Indicators;

/// <summary>What holds for every indicator; the figures themselves are held against an independent implementation elsewhere.</summary>
public sealed class IndicatorTests
{
    private static readonly Dictionary<string, (Func<int, Func<Bar, double>> Stream, Action<BarSeries, int, double[]> Column, int Warm)> Indicators = new(StringComparer.Ordinal)
    {
        ["sma"] = (n => { var i = new Sma(n, 2); return bar => { i.Update(bar.Close); return i.Value; }; }, (bars, n, to) => Sma.Fill(bars.Close.Span, n, 2, to), 0),
        ["ema"] = (n => { var i = new Ema(n, 2); return bar => { i.Update(bar.Close); return i.Value; }; }, (bars, n, to) => Ema.Fill(bars.Close.Span, n, 2, to), 0),
        ["rsi"] = (n => { var i = new Rsi(n, 2); return bar => { i.Update(bar.Close); return i.Value; }; }, (bars, n, to) => Rsi.Fill(bars.Close.Span, n, 2, to), 1),
        ["atr"] = (n => { var i = new Atr(n, 2); return bar => { i.Update(bar.High, bar.Low, bar.Close); return i.Value; }; }, (bars, n, to) => Atr.Fill(bars, n, to), 0),
        ["upper"] = (n => { var i = new BollingerBands(n, 2, 2); return bar => { i.Update(bar.Close); return i.Upper; }; }, (bars, n, to) => BollingerBands.Fill(bars.Close.Span, n, 2, 2, new double[to.Length], new double[to.Length], to), 0),
        ["vwap"] = (n => { var i = new Vwap(n, 2); return bar => { i.Update(bar.High, bar.Low, bar.Close, bar.Volume); return i.Value; }; }, (bars, n, to) => Vwap.Fill(bars, n, to), 0),
        ["highest"] = (n => { var i = RollingExtreme.Highest(n, 2); return bar => { i.Update(bar.High); return i.Value; }; }, (bars, n, to) => RollingExtreme.Fill(RollingExtreme.Highest(n, 2), bars.High.Span, to), 0),
        ["lowest"] = (n => { var i = RollingExtreme.Lowest(n, 2); return bar => { i.Update(bar.Low); return i.Value; }; }, (bars, n, to) => RollingExtreme.Fill(RollingExtreme.Lowest(n, 2), bars.Low.Span, to), 0),
    };

    public static TheoryData<string> Names { get; } = [.. Indicators.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_column_has_the_bits_of_the_stream(string name)
    {
        var (start, fill, _) = Indicators[name];
        foreach (var period in new[] { 1, 2, 3, 14, 97 })
        {
            var bars = BarSeries.Of(RandomCandles.Make(seed: period, count: 300, holes: 10), Interval.OneMinute);
            var column = new double[bars.Count];
            fill(bars, period, column);

            var stream = start(period);
            for (var i = 0; i < bars.Count; i++)
            {
                BitConverter.DoubleToInt64Bits(column[i]).ShouldBe(BitConverter.DoubleToInt64Bits(stream(bars[i])), $"bar {i} of period {period}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_is_there_once_the_window_is_full(string name)
    {
        var (start, _, warm) = Indicators[name];
        var stream = start(5);
        var bars = BarSeries.Of(RandomCandles.Make(seed: 9, count: 40), Interval.OneMinute);
        for (var i = 0; i < bars.Count; i++)
        {
            double.IsNaN(stream(bars[i])).ShouldBe(i < 4 + warm, $"bar {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_window_longer_than_the_data_never_fills(string name)
    {
        var bars = BarSeries.Of(RandomCandles.Make(seed: 9, count: 40), Interval.OneMinute);
        var column = new double[bars.Count];

        Indicators[name].Column(bars, 10_000, column);

        column.ShouldAllBe(value => double.IsNaN(value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void A_period_out_of_range_is_refused(int period)
    {
        foreach (var (start, _, _) in Indicators.Values)
        {
            Should.Throw<ArgumentOutOfRangeException>(() => start(period));
        }
    }

    [Fact]
    public void A_moving_average_never_drifts()
    {
        var average = new Sma(7, 2);
        var random = new Random(5);
        for (var i = 0; i < 1_000_000; i++)
        {
            average.Update(random.Next(1, int.MaxValue));
        }

        for (var i = 0; i < 7; i++)
        {
            average.Update(10_001);
        }

        average.Value.ShouldBe(100.01);
    }

    [Fact]
    public void Finer_price_units_change_no_bit()
    {
        var (coarse, fine) = (new Ema(9, 2), new Ema(9, 5));
        var (strength, fineStrength) = (new Rsi(9, 2), new Rsi(9, 5));
        var random = new Random(6);
        for (var i = 0; i < 500; i++)
        {
            var price = random.Next(1, 2_000_000);
            coarse.Update(price);
            fine.Update(price * 1_000);
            strength.Update(price);
            fineStrength.Update(price * 1_000);
            fine.Value.ShouldBe(coarse.Value);
            fineStrength.Value.ShouldBe(strength.Value);
        }
    }

    [Fact]
    public void A_constant_price_is_its_own_average_and_neither_strong_nor_weak()
    {
        var (average, strength) = (new Ema(13, 3), new Rsi(13, 3));
        for (var i = 0; i < 200; i++)
        {
            average.Update(12_347);
            strength.Update(12_347);
        }

        average.Value.ShouldBe(12.347);
        strength.Value.ShouldBe(50);
    }

    [Fact]
    public void Only_rises_are_a_strength_of_100_and_only_falls_of_0()
    {
        var (rising, falling) = (new Rsi(3, 0), new Rsi(3, 0));
        for (var i = 0; i < 10; i++)
        {
            rising.Update(100 + i);
            falling.Update(100 - i);
        }

        (rising.Value, falling.Value).ShouldBe((100, 0));
    }

    [Fact]
    public void A_window_in_which_nothing_was_traded_has_no_price()
    {
        var average = new Vwap(2, 0);
        average.Update(12, 9, 9, 4);
        average.Update(30, 30, 30, 0);
        average.Value.ShouldBe(10);

        average.Update(30, 30, 30, 0);
        average.Value.ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_extremes_are_those_of_the_window(int period)
    {
        var random = new Random(period);
        var values = Enumerable.Range(0, 500).Select(_ => random.Next(20)).ToArray();
        var (highest, lowest) = (RollingExtreme.Highest(period, 0), RollingExtreme.Lowest(period, 0));
        for (var i = 0; i < values.Length; i++)
        {
            highest.Update(values[i]);
            lowest.Update(values[i]);
            if (i >= period - 1)
            {
                var window = values[(i - period + 1)..(i + 1)];
                (highest.Units, lowest.Units).ShouldBe((window.Max(), window.Min()));
            }
        }
    }
}
