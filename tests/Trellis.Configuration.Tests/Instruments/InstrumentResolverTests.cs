using Trellis.Configuration.Instruments;
using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;

namespace Trellis.Configuration.Tests.Instruments;

public sealed class InstrumentResolverTests
{
    private static readonly InstrumentOptions Sol = new() { Symbol = "SOLUSDT", Exchange = "binance", Market = MarketKind.Perp };

    [Fact]
    public void Without_overrides_the_catalogue_holds_with_its_dates()
    {
        var instrument = InstrumentResolver.Resolve(Sol);
        instrument.RulesAt(Day(2024, 1, 1)).LotSize.ShouldBe(1m);
        instrument.RulesAt(Day(2025, 6, 1)).LotSize.ShouldBe(0.01m);
        instrument.LeverageTiers[0].MaintenanceRate.ShouldBe(0.005m);
        instrument.LeverageTiers[^1].NotionalCap.ShouldBe(decimal.MaxValue);
    }

    [Fact]
    public void A_fee_of_ones_own_leaves_the_other_rules_to_the_catalogue()
    {
        var instrument = InstrumentResolver.Resolve(Sol with { Rules = [new RulesOptions { MakerFeePercent = 0.018m }] });
        instrument.Rules.ShouldAllBe(rules => rules.MakerFee == 0.00018m && rules.TakerFee == 0.0005m);
        instrument.Rules.Select(rules => rules.LotSize).ShouldBe([1m, 0.01m]);
    }

    [Fact]
    public void An_override_holds_from_its_date_on_and_keeps_what_came_before()
    {
        var instrument = InstrumentResolver.Resolve(Sol with
        {
            Rules =
            [
                new RulesOptions { ValidFrom = Day(2024, 1, 1), LotSize = 5m },
                new RulesOptions { ValidFrom = Day(2026, 1, 1), TickSize = 0.5m },
            ],
        });
        instrument.RulesAt(Day(2023, 1, 1)).LotSize.ShouldBe(1m);
        instrument.RulesAt(Day(2024, 6, 1)).LotSize.ShouldBe(5m);
        instrument.RulesAt(Day(2025, 6, 1)).LotSize.ShouldBe(5m);
        instrument.RulesAt(Day(2025, 6, 1)).TickSize.ShouldBe(0.01m);
        instrument.RulesAt(Day(2026, 6, 1)).TickSize.ShouldBe(0.5m);
        instrument.RulesAt(Day(2026, 6, 1)).LotSize.ShouldBe(5m);
    }

    [Fact]
    public void An_unknown_instrument_needs_its_rules_and_derives_its_currencies()
    {
        var options = new InstrumentOptions { Symbol = "FOOUSDC", Exchange = "mine", Market = MarketKind.Spot };
        Should.Throw<ConfigurationException>(() => InstrumentResolver.Resolve(options)).Message.ShouldContain("tick_size, lot_size, maker_fee_percent, taker_fee_percent");
        var instrument = InstrumentResolver.Resolve(options with { Rules = [new RulesOptions { TickSize = 1, LotSize = 2, MakerFeePercent = 0, TakerFeePercent = 0 }] });
        (instrument.BaseCurrency, instrument.QuoteCurrency, instrument.FeeCurrency).ShouldBe(("FOO", "USDC", FeeCurrency.Received));
    }

    [Fact]
    public void Tiers_of_ones_own_replace_the_catalogue_s_and_the_last_has_no_cap()
    {
        var tiers = InstrumentResolver.Resolve(Sol with { LeverageTiers = [new LeverageTierOptions { NotionalCap = 50_000m, MaintenancePercent = 0.4m, MaxLeverage = 20m }] }).LeverageTiers;
        tiers.ShouldBe([new LeverageTier(decimal.MaxValue, 0.004m, 0m, 20m)]);
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
