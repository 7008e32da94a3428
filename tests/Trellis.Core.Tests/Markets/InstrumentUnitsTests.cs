using Trellis.Core.Markets;
using Trellis.Core.Numerics;

namespace Trellis.Core.Tests.Markets;

public sealed class InstrumentUnitsTests
{
    [Theory]
    [InlineData("0.1", "0.001", "1", 0)]
    [InlineData("0.00000001", "1", "1", 0)]
    [InlineData("0.05", "0.0001", "0.01", 2)]
    [InlineData("5", "10", "1", 4)]
    public void Value_is_price_times_quantity_times_multiplier_exactly(string tick, string lot, string multiplier, int dataDecimals)
    {
        var units = new InstrumentUnits(Some(Number(tick), Number(lot), Number(multiplier)), dataDecimals);
        var random = new Random(3);
        for (var i = 0; i < 1_000; i++)
        {
            var price = random.Next(1, 2_000_000);
            var quantity = random.NextInt64(1, 1_000_000_000);

            new Money(units.Notional(price, quantity)).ToDecimal().ShouldBe(units.ToPrice(price) * units.ToQuantity(quantity) * Number(multiplier));
            units.FromPrice(units.ToPrice(price)).ShouldBe(price);
            units.FromQuantity(units.ToQuantity(quantity)).ShouldBe(quantity);
        }
    }

    [Fact]
    public void The_price_unit_is_the_finest_of_the_data_and_of_all_dated_ticks()
    {
        new InstrumentUnits(Some(0.1m, 0.001m), dataDecimals: 3).PriceDecimals.ShouldBe(3);
        new InstrumentUnits(Some(0.1m, 0.001m, later: 0.0001m), dataDecimals: 0).PriceDecimals.ShouldBe(4);
    }

    [Theory]
    [InlineData("100.04", 1000)]
    [InlineData("100.05", 1001)]
    [InlineData("100.149", 1001)]
    [InlineData("0.01", 1)]
    public void A_price_goes_to_the_nearest_tick_halves_up_and_never_below_one(string price, int expected)
    {
        var instrument = Some(0.1m, 0.001m);
        new InstrumentUnits(instrument, 1).NearestTick(Number(price), instrument.Rules[0]).ShouldBe(expected);
    }

    [Fact]
    public void What_an_instrument_cannot_express_is_refused_with_what_it_can()
    {
        var units = new InstrumentUnits(Some(0.1m, 0.001m), 1);
        Should.Throw<ConfigurationException>(() => units.FromPrice(0.05m)).Message.ShouldBe("binance/perp/XUSDT: price 0.05 is not representable; allowed: above 0, at most 1 decimals, at most 214748364.6");
        Should.Throw<ConfigurationException>(() => units.FromPrice(0m)).Message.ShouldContain("allowed: above 0");
        Should.Throw<ConfigurationException>(() => units.FromQuantity(0.000_000_000_001m)).Message.ShouldContain("is not representable with");
        Should.Throw<ConfigurationException>(() => new InstrumentUnits(Some(0.0000001m, 0.000001m), 0)).Message.ShouldContain("finer than 10^-12");
    }

    private static Instrument Some(decimal tick, decimal lot, decimal multiplier = 1m, decimal? later = null) => new()
    {
        Id = new InstrumentId("binance", MarketKind.Perp, "XUSDT"),
        BaseCurrency = "X",
        QuoteCurrency = "USDT",
        ContractMultiplier = multiplier,
        Rules =
        [
            new InstrumentRules { TickSize = tick, LotSize = lot, MakerFee = 0m, TakerFee = 0m },
            .. later is { } finer ? [new InstrumentRules { TickSize = finer, LotSize = lot, MakerFee = 0m, TakerFee = 0m, ValidFrom = DateTimeOffset.UnixEpoch }] : Array.Empty<InstrumentRules>(),
        ],
    };

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
