using System.Globalization;
using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;
using Trellis.Exchanges.Binance.Streams;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Answers as they were recorded and documented.</summary>
public sealed class DecodeTests
{
    [Theory]
    [InlineData("usdmdocs-trade-rest-api")]
    [InlineData("usdmdocs-trade-rest-api-modify-order")]
    [InlineData("usdmdocs-trade-rest-api-cancel-order")]
    [InlineData("usdmdocs-trade-rest-api-query-order")]
    [InlineData("usdmdocs-trade-rest-api-query-current-open-order")]
    [InlineData("jkorf-usdm-placeorder")]
    [InlineData("jkorf-usdm-editorder")]
    [InlineData("jkorf-usdm-getorder")]
    public void Orders_are_read(string name)
    {
        var wire = Rest(name);
        var order = OrderReader.Read(wire);

        order.ClientOrderId.ShouldBe(wire.GetProperty("clientOrderId").GetString());
        order.VenueOrderId.ShouldBe(wire.GetProperty("orderId").GetRawText());
        order.Quantity.ShouldBeGreaterThan(0m);
        order.UpdatedAt.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("usdmdocs-trade-rest-api-current-all-open-orders")]
    [InlineData("usdmdocs-trade-rest-api-all-orders")]
    [InlineData("jkorf-usdm-getopenorders")]
    [InlineData("jkorf-usdm-getorders")]
    public void Lists_of_orders_are_read(string name) => OrderReader.ReadAll(Rest(name)).ShouldNotBeEmpty();

    [Fact]
    public void A_conditional_order_that_became_another_is_read()
    {
        var order = AlgoOrderReader.Read(Rest("jkorf-usdm-getconditionalorder"));

        (order.Status, order.TriggeredOrderId, order.ExecutedQuantity, order.TriggerPrice).ShouldBe((VenueOrderStatus.Filled, "974828356187", 0.002m, 69_080.20m));
        (order.IsConditional, order.ReduceOnly, order.Side).ShouldBe((true, true, Side.Buy));
    }

    [Theory]
    [InlineData("usdmconn-new-algo-order", VenueOrderStatus.Untriggered)]
    [InlineData("jkorf-usdm-cancelconditionalorder", VenueOrderStatus.Canceled)]
    public void Conditional_orders_are_read(string name, VenueOrderStatus expected)
    {
        var order = AlgoOrderReader.Read(Rest(name));

        (order.Status, order.TriggeredOrderId, order.ExecutedQuantity).ShouldBe((expected, "", 0m));
    }

    [Theory]
    [InlineData("usdmconn-current-all-algo-open-orders")]
    [InlineData("jkorf-usdm-getopenconditionalorders")]
    public void Open_conditional_orders_are_read(string name) =>
        Rest(name).Items().Select(AlgoOrderReader.Read).ShouldAllBe(order => order.Status == VenueOrderStatus.Untriggered && order.TriggerPrice > 0m);

    [Fact]
    public void Fills_are_read()
    {
        var fill = Rest("usdmdocs-trade-rest-api-account-trade-list").Items().Select(AccountReader.Fill).First();

        (fill.TradeId, fill.VenueOrderId, fill.Side, fill.PositionSide, fill.Fee).ShouldBe(("698759", "25851813", Side.Sell, PositionSide.Short, -0.07819010m));
    }

    [Fact]
    public void Income_is_read_without_what_fills_tell()
    {
        var income = Rest("jkorf-usdm-getincomehistory").Items().Select(AccountReader.Income).ToList();

        income[0].ShouldNotBeNull().ShouldBe(new VenueIncome("TRANSFER::USDT:9689322392", VenueIncomeKind.Transfer, null, "USDT", -0.375m, 1_570_608_000_000));
        income[1].ShouldBeNull();
    }

    [Fact]
    public void Positions_and_balances_are_read()
    {
        var position = AccountReader.Positions(Rest("usdmconn-position-information-v3"), new Dictionary<string, int>(StringComparer.Ordinal) { ["ADAUSDT"] = 20 }).ShouldHaveSingleItem();

        (position.Quantity, position.EntryPrice, position.Leverage, position.Side).ShouldBe((30m, 0.385m, 20, PositionSide.Net));
        AccountReader.Balances(Rest("usdmdocs-account-rest-api-futures-account-balance-v3")).ShouldContain(new VenueBalance("USDT", 122_607.35137903m, 23.72469206m));
    }

    [Fact]
    public void Instruments_and_limits_are_read()
    {
        var information = Rest("usdmdocs-market-data-rest-api-exchange-information");
        var instrument = InstrumentReader.Instruments(information, new Dictionary<string, IReadOnlyList<LeverageTier>>(StringComparer.Ordinal)).ShouldHaveSingleItem();

        instrument.Id.ToString().ShouldBe("binance/perp/BLZUSDT");
        var rules = instrument.Rules.ShouldHaveSingleItem();
        (rules.TickSize, rules.LotSize, rules.MinQuantity, rules.MinNotional).ShouldBe((0.0001m, 1m, 1m, 5m));
        InstrumentReader.Limits(information).ShouldBe((2_400, null, 1_200));
    }

    [Fact]
    public void Leverage_tiers_are_read()
    {
        var tier = InstrumentReader.LeverageTiers(Rest("jkorf-usdm-getbrackets"))["ETHUSDT"].ShouldHaveSingleItem();

        tier.ShouldBe(new LeverageTier(decimal.MaxValue, 0.0065m, 0m, 75m));
    }

    [Fact]
    public void Candles_are_finished_when_a_later_one_is_there_or_their_end_has_passed()
    {
        var rows = Rest("usdmdocs-market-data-rest-api-kline-candlestick-data");
        var end = rows[0][6].GetInt64();

        MarketReader.Candles(rows, end).ShouldBeEmpty();
        MarketReader.Candles(rows, end + 1).ShouldHaveSingleItem().Close.ShouldBe(0.01577100m);
        MarketReader.Candles(JsonDocument.Parse($"[{rows[0]},{rows[0]}]").RootElement, end).Count.ShouldBe(1);
    }

    [Fact]
    public void A_kline_is_read()
    {
        var kline = KlineFrame.Read(Fixtures.Read("binance/ws/jkorf-usdm-klines.json").GetProperty("data")).ShouldNotBeNull();

        (kline.Symbol, kline.Interval, kline.IsClosed).ShouldBe(("BTCUSDT", "1m", false));
        kline.Candle.ShouldBe(new Candle(1_638_747_660_000, 0.0010m, 0.0025m, 0.0015m, 0.0020m, 1000m));
    }

    [Fact]
    public void Funding_and_book_are_read()
    {
        MarketReader.FundingRates(Rest("usdmdocs-market-data-rest-api-get-funding-rate-history"))[0].ShouldBe(new FundingRate(1_570_608_000_000, -0.0375m, 34_287.54619963m));
        MarketReader.Book(ScriptedBinance.Bitcoin, Rest("usdmdocs-market-data-rest-api-order-book"), 5).Bids.ShouldHaveSingleItem().Price.ShouldBe(4m);
    }

    /// <summary>A connector must survive what it does not expect with a clear error.</summary>
    [Fact]
    public void Any_recorded_answer_is_read_or_refused_with_a_word()
    {
        Fixtures.Read("binance/errors.json");
        var readers = new Action<JsonElement>[]
        {
            message => OrderReader.Read(message), message => OrderReader.ReadAll(message), message => AlgoOrderReader.Read(message), message => AccountReader.Fill(message),
            message => AccountReader.Income(message), message => AccountReader.Balances(message), message => MarketReader.Candles(message, 0), message => UserEvent.Read(message),
            message => InstrumentReader.LeverageTiers(message), message => MarketReader.FundingRates(message), message => KlineFrame.Read(message),
        };
        var files = Directory.EnumerateFiles(Path.Combine(Fixtures.Root!, "binance"), "*.json", SearchOption.AllDirectories).ToList();

        files.Count.ShouldBeGreaterThan(100);
        foreach (var message in files.Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement))
        {
            foreach (var reader in readers)
            {
                try
                {
                    reader(message);
                }
                catch (WireFormatException error)
                {
                    error.Message.ShouldNotBeEmpty();
                }
            }
        }
    }

    private static JsonElement Rest(string name) => Fixtures.Read($"binance/rest/{name}.json");

    [Theory]
    [InlineData("\"0.10\"", "0.1")]
    [InlineData("\"100\"", "100")]
    [InlineData("\"100.000\"", "100")]
    [InlineData("\"0.00000000\"", "0")]
    [InlineData("\"-2.50\"", "-2.5")]
    [InlineData("1.20", "1.2")]
    [InlineData("1.5e-3", "0.0015")]
    [InlineData("\"1.50E1\"", "15")]
    [InlineData("\"\\u0031.50\"", "1.5")]
    public void A_number_is_read_as_number_or_text_and_kept_without_superfluous_zeros(string told, string kept)
    {
        using var document = JsonDocument.Parse($$"""{"n":{{told}}}""");

        document.RootElement.Number("n").ToString(CultureInfo.InvariantCulture).ShouldBe(kept);
        RequestParameters.Plain(decimal.Parse(kept + (kept.Contains('.', StringComparison.Ordinal) ? "00" : ".00"), CultureInfo.InvariantCulture)).ShouldBe(kept);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"1.2.3\"")]
    [InlineData("true")]
    [InlineData("null")]
    public void What_is_no_number_is_not_taken_for_one(string told)
    {
        using var document = JsonDocument.Parse($$"""{"n":{{told}}}""");

        Should.Throw<WireFormatException>(() => document.RootElement.Number("n"));
        document.RootElement.NumberOrZero("n").ShouldBe(0m);
    }
}
