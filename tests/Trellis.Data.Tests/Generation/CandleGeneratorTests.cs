using Trellis.Core;
using Trellis.Data.Generation;

namespace Trellis.Data.Tests.Generation;

public sealed class CandleGeneratorTests
{
    private static readonly GeneratorModel[] Models = Enum.GetValues<GeneratorModel>();

    public static TheoryData<GeneratorModel> EveryModel => [.. Models];

    [Theory]
    [InlineData(GeneratorModel.RandomWalk, "dbd920631691ed4e5eb6a27e03cc6e2131952f4a5cad3216882efef75138189d")]
    [InlineData(GeneratorModel.MeanReversion, "12a4093259c0c8e947815fc2598934bf29d4de6dfb12662ab009fc3eaed41fb5")]
    [InlineData(GeneratorModel.Regimes, "7cecb0879fee49b3f89563cf19285e150348a6892a66e91f33c31748b8e806ff")]
    [InlineData(GeneratorModel.Jumps, "8bb535415795019a798332f8f0c00c9abbe15b6ac89e3fdd3c9c752b956e8091")]
    public void A_seed_gives_the_same_candles_for_ever(GeneratorModel model, string fingerprint) =>
        CandleGenerator.Generate(new GeneratorOptions { Model = model, Seed = 42, Candles = 100_000 }).Fingerprint.ShouldBe(fingerprint);

    [Theory]
    [MemberData(nameof(EveryModel))]
    public void Candles_keep_the_rules_of_candles(GeneratorModel model)
    {
        foreach (var (start, tick) in new[] { (30_000m, 0.1m), (0.07m, 0.00001m), (1m, 0.25m), (5m, 5m) })
        {
            var series = CandleGenerator.Generate(new GeneratorOptions { Model = model, Seed = 7, Candles = 50_000, StartPrice = start, TickSize = tick, VolatilityPercent = 20 });
            series.Candles().ShouldAllBe(c => c.Low > 0 && c.Low <= Math.Min(c.Open, c.Close) && c.High >= Math.Max(c.Open, c.Close)
                && c.Volume >= 0 && c.Open % tick == 0 && c.High % tick == 0 && c.Low % tick == 0 && c.Close % tick == 0);
            series.Count.ShouldBe(50_000);
        }
    }

    [Theory]
    [MemberData(nameof(EveryModel))]
    public void A_year_stays_within_reason(GeneratorModel model)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var series = CandleGenerator.Generate(new GeneratorOptions { Model = model, Seed = seed, Candles = 525_600 });
            (series.Close.Span[^1] / 100m).ShouldBeInRange(3_000m, 300_000m);
            series.Open.Span[1..].SequenceEqual(series.Close.Span[..^1]).ShouldBe(model is GeneratorModel.RandomWalk or GeneratorModel.MeanReversion);
        }
    }

    [Fact]
    public void Daily_returns_vary_as_asked()
    {
        var series = CandleGenerator.Generate(new GeneratorOptions { Seed = 1, Candles = 1_000 * 1_440 });
        var closes = Enumerable.Range(1, 1_000).Select(day => (double)series.Close.Span[(day * 1_440) - 1]).ToList();
        var returns = closes.Zip(closes.Skip(1), (a, b) => (b / a) - 1).ToList();
        Math.Sqrt(returns.Average(r => r * r)).ShouldBeInRange(0.027, 0.033);
    }

    [Fact]
    public void Seeds_and_models_differ_and_say_so()
    {
        var all = Models.SelectMany(model => new[] { 1, 2 }.Select(seed => CandleGenerator.Generate(new GeneratorOptions { Model = model, Seed = seed, Candles = 100 }))).ToList();
        all.Select(series => series.Fingerprint).Distinct(StringComparer.Ordinal).Count().ShouldBe(all.Count);
        all[0].GeneratedBy.ShouldBe("random walk, seed 1");
        all[5].GeneratedBy.ShouldBe("regimes, seed 2");
    }

    [Fact]
    public void Gaps_leave_the_other_candles_as_they_are()
    {
        var options = new GeneratorOptions { Seed = 3, Candles = 20_000 };
        var whole = CandleGenerator.Generate(options);
        var punctured = CandleGenerator.Generate(options with { GapsPerDay = 10 });
        Gap.Of(punctured).Count.ShouldBeInRange(80, 200);
        var candles = whole.Candles().ToDictionary(c => c.OpenTime);
        punctured.Candles().ShouldAllBe(c => candles[c.OpenTime] == c);
        (punctured.IsHole(0), punctured.IsHole(punctured.Count - 1)).ShouldBe((false, false));
    }

    [Fact]
    public void Values_outside_their_range_are_refused()
    {
        var sound = new GeneratorOptions();
        foreach (var bad in new[]
        {
            sound with { Candles = 0 }, sound with { TickSize = 0 }, sound with { TickSize = 0.0000000001m }, sound with { StartPrice = -1 },
            sound with { VolatilityPercent = 51 }, sound with { From = sound.From.AddSeconds(1) }, sound with { Model = (GeneratorModel)9 },
            sound with { StartPrice = 1_000_000_000_000m }, sound with { TickSize = 10_000_000_000m, StartPrice = 10_000_000_000m },
        })
        {
            Should.Throw<ConfigurationException>(() => CandleGenerator.Generate(bad)).Message.ShouldContain("allowed");
        }
    }
}
