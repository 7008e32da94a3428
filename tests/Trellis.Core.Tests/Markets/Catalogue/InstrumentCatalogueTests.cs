using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;

namespace Trellis.Core.Tests.Markets.Catalogue;

public sealed class InstrumentCatalogueTests
{
    public static TheoryData<string> Ids => [.. InstrumentCatalogue.Default.Entries.Select(entry => entry.Instrument.Id.ToString())];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_entry_is_complete_and_dated(string id)
    {
        var entry = InstrumentCatalogue.Default.Entries.Single(entry => entry.Instrument.Id.ToString() == id);
        var instrument = entry.Instrument;
        entry.AsOf.ShouldBeGreaterThan(new DateOnly(2025, 1, 1));
        entry.Note.ShouldNotBeEmpty();
        instrument.Id.Symbol.ShouldBe(instrument.BaseCurrency + instrument.QuoteCurrency);
        instrument.ContractMultiplier.ShouldBeGreaterThan(0m);
        instrument.Rules.ShouldNotBeEmpty();
        instrument.Rules.Select(rules => rules.ValidFrom).ShouldBeInOrder();
        instrument.Rules.ShouldAllBe(rules => rules.TickSize > 0 && rules.LotSize > 0 && rules.MinQuantity > 0 && rules.MinNotional >= 0 && rules.MakerFee > 0 && rules.TakerFee >= rules.MakerFee && rules.TakerFee < 0.01m);
        (entry.LeverageTiersAsOf is not null).ShouldBe(instrument.LeverageTiers.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Leverage_tiers_join_without_a_jump(string id)
    {
        var tiers = InstrumentCatalogue.Default.Entries.Single(entry => entry.Instrument.Id.ToString() == id).Instrument.LeverageTiers;
        for (var i = 1; i < tiers.Count; i++)
        {
            var (before, after) = (tiers[i - 1], tiers[i]);
            var seam = before.NotionalCap;
            ((seam * after.MaintenanceRate) - after.MaintenanceDeduction).ShouldBe((seam * before.MaintenanceRate) - before.MaintenanceDeduction);
            after.NotionalCap.ShouldBeGreaterThan(seam);
            after.MaxLeverage.ShouldBeLessThan(before.MaxLeverage);
        }
    }

    [Fact]
    public void The_catalogue_finds_what_it_knows_and_nothing_else()
    {
        var sol = InstrumentCatalogue.Default.Find(new InstrumentId("binance", MarketKind.Perp, "SOLUSDT"))!.Instrument;
        sol.RulesAt(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)).LotSize.ShouldBe(1m);
        sol.RulesAt(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).LotSize.ShouldBe(0.01m);
        InstrumentCatalogue.Default.Find(new InstrumentId("okx", MarketKind.Perp, "ETHUSDT"))!.Instrument.ContractMultiplier.ShouldBe(0.1m);
        InstrumentCatalogue.Default.Find(new InstrumentId("binance", MarketKind.Perp, "NOPEUSDT")).ShouldBeNull();
    }

    [Fact]
    public void An_instrument_that_is_there_twice_is_refused()
    {
        var entry = InstrumentCatalogue.Default.Entries[0];
        Should.Throw<DataException>(() => new InstrumentCatalogue([entry, entry])).Message.ShouldContain("is there twice");
    }
}
