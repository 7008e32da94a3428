using Trellis.Configuration.Model;
using Trellis.Configuration.Writing;
using Trellis.Core.Markets;
using Trellis.Core.Options;

namespace Trellis.Configuration.Tests.Writing;

public sealed class DocumentWriterTests
{
    [Theory]
    [InlineData(Samples.Yaml)]
    [InlineData(Samples.FullYaml)]
    public void Saving_and_loading_gives_an_equal_document_in_every_format(string yaml)
    {
        var document = Samples.Load(yaml);
        var fromYaml = Samples.Load(DocumentWriter.ToYaml(document));
        var fromJson = Samples.Load(DocumentWriter.ToJson(document), "c.json");
        var fromIni = Samples.Load(DocumentWriter.ToIni(document), "c.ini");
        fromYaml.ShouldBeEquivalentTo(document);
        fromIni.ShouldBeEquivalentTo(document);
        fromJson.ShouldBeEquivalentTo(document);
        DocumentWriter.ToJson(fromYaml).ShouldBe(DocumentWriter.ToJson(document));
        DocumentWriter.ToYaml(fromJson).ShouldBe(DocumentWriter.ToYaml(document));
        DocumentWriter.ToYaml(fromIni).ShouldBe(DocumentWriter.ToYaml(document));
    }

    [Fact]
    public void What_is_written_arrives_in_the_records()
    {
        var document = Samples.Load(Samples.FullYaml);
        document.Account.Balance.ShouldBe(10000.50m);
        document.Account.PositionMode.ShouldBe(PositionMode.Hedge);
        document.Backtest.Interval.ShouldBe(Interval.Parse("5m"));
        document.Backtest.To.ShouldBe(new DateTimeOffset(2024, 4, 1, 12, 0, 0, TimeSpan.Zero));
        document.Bots[0].Grid!.Upper.ShouldBe(70000m);
        document.Bots[0].Grid!.StopLoss.ShouldBe(PriceOrPercent.AtPrice(75000m));
        document.Bots[0].Grid!.TakeProfit.ShouldBe(PriceOrPercent.OfInvestment(12.5m));
        document.Bots[1].Grid!.SpacingPercent.ShouldBe(0.5m);
        document.Bots[1].Grid!.StopLoss.ShouldBe(PriceOrPercent.OfInvestment(20m));
        document.Instruments[1].Generate!.VolatilityPercent.ShouldBe(4.5m);
    }

    [Theory]
    [InlineData("a: b #c")]
    [InlineData("- x")]
    [InlineData("null")]
    [InlineData("1e5")]
    [InlineData("a ; b")]
    [InlineData("; c")]
    [InlineData("[]")]
    [InlineData("12")]
    [InlineData("\"quoted\"")]
    [InlineData("tab\\and \"quotes\" and ä and \U0001F600")]
    public void Text_of_any_kind_survives(string funding)
    {
        var document = Samples.Load(Samples.Yaml);
        document = document with { Instruments = [document.Instruments[0] with { Funding = funding }] };
        Samples.Load(DocumentWriter.ToYaml(document)).Instruments[0].Funding.ShouldBe(funding);
        Samples.Load(DocumentWriter.ToJson(document), "c.json").Instruments[0].Funding.ShouldBe(funding);
        Samples.Load(DocumentWriter.ToIni(document), "c.ini").Instruments[0].Funding.ShouldBe(funding);
    }
}
