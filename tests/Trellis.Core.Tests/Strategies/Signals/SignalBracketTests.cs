using Trellis.Core.Markets;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Tests.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Signals;

/// <summary>Prices in units of 0.1; the tick is one unit unless said otherwise.</summary>
public sealed class SignalBracketTests
{
    private static readonly SignalOptions Options = new() { Name = "sma-cross", Size = 1000m };

    [Theory]
    [InlineData(1, 980, 1040)]
    [InlineData(-1, 1020, 960)]
    public void Percentages_are_measured_from_the_reference_price(int direction, int stop, int target) =>
        Price(Options with { StopLossPercent = 2m, TakeProfitPercent = 4m }, direction, 1000).ShouldBe(new SignalBracket(stop, 20, target));

    [Fact]
    public void Distances_are_whole_ticks_halves_up_and_at_least_one()
    {
        Price(Options with { StopLossPercent = 0.25m }, 1, 1000)!.Value.Stop.ShouldBe(997);
        Price(Options with { StopLossPercent = 0.249m }, 1, 1000)!.Value.Stop.ShouldBe(998);
        Price(Options with { StopLossPercent = 0.001m }, 1, 1000)!.Value.Stop.ShouldBe(999);
    }

    [Theory]
    [InlineData(1002, 975)]
    [InlineData(1003, 980)]
    public void The_reference_price_is_rounded_to_the_tick_halves_up(int price, int stop) =>
        Price(Options with { StopLossPercent = 2.6m }, 1, price, rules: GridSome.Rules with { TickSize = 0.5m })!.Value.Stop.ShouldBe(stop);

    [Fact]
    public void The_average_of_several_fills_counts() =>
        Price(Options with { StopLossPercent = 10m }, 1, (100 * 1000) + (200 * 1100), quantity: 300)!.Value.ShouldBe(new SignalBracket(960, 107, 0));

    [Fact]
    public void Average_true_ranges_are_rounded_to_ticks() =>
        Price(Options with { StopLossAtr = 1.5m, TakeProfitAtr = 2m }, 1, 1000, range: 0.77).ShouldBe(new SignalBracket(988, 12, 1015));

    [Fact]
    public void A_multiple_of_the_stop_is_measured_in_its_ticks() =>
        Price(Options with { StopLossPercent = 1.5m, TakeProfitR = 2.5m }, -1, 1000).ShouldBe(new SignalBracket(1015, 15, 962));

    [Fact]
    public void Without_an_average_true_range_there_is_no_bracket() =>
        Price(Options with { StopLossAtr = 1.5m }, 1, 1000, range: double.NaN).ShouldBeNull();

    [Theory]
    [InlineData(1, "99.96", "1")]
    [InlineData(-1, "1", "100")]
    [InlineData(-1, "200000000", "1")]
    public void Prices_that_do_not_exist_make_no_bracket(int direction, string stop, string target) =>
        Price(Options with { StopLossPercent = decimal.Parse(stop), TakeProfitPercent = decimal.Parse(target) }, direction, 1000).ShouldBeNull();

    [Fact]
    public void A_huge_average_true_range_makes_no_bracket() =>
        Price(Options with { StopLossAtr = 1000m, TakeProfitR = 1000m }, 1, 1000, range: 1e300).ShouldBeNull();

    private static SignalBracket? Price(SignalOptions options, int direction, Int128 cost, long quantity = 1, double range = 1, InstrumentRules? rules = null)
    {
        var terms = new SignalTerms(options, GridSome.Units(), rules ?? GridSome.Rules);
        return SignalBracket.TryPrice(options, direction, cost, quantity, terms, range, out var bracket) ? bracket : null;
    }
}
