using System.Text;
using System.Text.Json;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Streams;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Events of the account as they were recorded.</summary>
public sealed class UserEventTests
{
    private const string Trade = """{"e":"ORDER_TRADE_UPDATE","E":1,"T":2,"o":{"s":"BTCUSDT","c":"id","S":"SELL","o":"LIMIT","f":"GTC","q":"0.5","p":"100.5","ap":"100.5","sp":"0","x":"TRADE","X":"PARTIALLY_FILLED","i":77,"l":"0.2","z":"0.3","L":"100.5","N":"USDT","n":"0.01","T":1568879465650,"t":991,"m":true,"R":false,"ot":"LIMIT","ps":"BOTH","cp":false,"rp":"0"}}""";

    [Fact]
    public void A_new_order_is_told()
    {
        var order = Recorded("jkorf-usdm-orderupdate").Order.ShouldNotBeNull();

        (order.ClientOrderId, order.VenueOrderId, order.Side, order.PositionSide).ShouldBe(("TEST", "8886774", Side.Sell, PositionSide.Long));
        (order.Status, order.IsConditional, order.TriggerPrice, order.Quantity).ShouldBe((VenueOrderStatus.Open, true, 7103.04m, 0.001m));
        Recorded("jkorf-usdm-orderupdate").Fill.ShouldBeNull();
    }

    [Fact]
    public void A_trade_tells_a_fill_and_its_order()
    {
        var told = UserEvent.Read(JsonDocument.Parse(Trade).RootElement);

        var fill = told.Fill.ShouldNotBeNull();
        (fill.TradeId, fill.Quantity, fill.Price, fill.Fee, fill.FeeCurrency, fill.IsMaker).ShouldBe(("991", 0.2m, 100.5m, 0.01m, "USDT", true));
        var order = told.Order.ShouldNotBeNull();
        (order.Status, order.ExecutedQuantity, order.Quantity).ShouldBe((VenueOrderStatus.PartiallyFilled, 0.3m, 0.5m));
    }

    [Fact]
    public void A_conditional_order_is_told_with_what_it_became()
    {
        var order = Recorded("jkorf-usdm-algoorderupdate").Order.ShouldNotBeNull();

        (order.ClientOrderId, order.VenueOrderId, order.Status, order.IsConditional).ShouldBe(("Q5xaq5EGKgXXa0fD7fs0Ip", "2148719", VenueOrderStatus.Canceled, true));
        (order.TriggerPrice, order.Price, order.TriggeredOrderId).ShouldBe((750m, 750m, ""));
    }

    [Theory]
    [InlineData("NEW", "0", VenueOrderStatus.Untriggered)]
    [InlineData("TRIGGERING", "0", VenueOrderStatus.Untriggered)]
    [InlineData("TRIGGERED", "0", VenueOrderStatus.Open)]
    [InlineData("TRIGGERED", "1", VenueOrderStatus.PartiallyFilled)]
    [InlineData("FINISHED", "2", VenueOrderStatus.Filled)]
    [InlineData("FINISHED", "1", VenueOrderStatus.Canceled)]
    [InlineData("FINISHED", "0", VenueOrderStatus.Canceled)]
    [InlineData("REJECTED", "0", VenueOrderStatus.Rejected)]
    [InlineData("EXPIRED", "0", VenueOrderStatus.Expired)]
    public void States_of_conditional_orders_have_their_meaning(string word, string executed, VenueOrderStatus expected) =>
        AlgoOrderReader.StatusOf(word, decimal.Parse(executed, System.Globalization.CultureInfo.InvariantCulture), 2m).ShouldBe(expected);

    [Fact]
    public void Trades_move_the_wallet_without_being_income_and_funding_is_asked_for()
    {
        Recorded("jkorf-usdm-accountupdate").WalletChangedAt.ShouldBe(0);
        UserEvent.Read(JsonDocument.Parse("""{"e":"ACCOUNT_UPDATE","E":9,"T":8,"a":{"m":"FUNDING_FEE","B":[]}}""").RootElement).WalletChangedAt.ShouldBe(8);
    }

    [Fact]
    public void An_expired_key_is_told() => Recorded("manual-listenkey-expired").KeyExpired.ShouldBeTrue();

    [Theory]
    [InlineData("jkorf-usdm-tradeupdate")]
    [InlineData("jkorf-usdm-conditionaltrigger")]
    [InlineData("jkorf-usdm-leverage")]
    [InlineData("jkorf-usdm-strategyupdate")]
    [InlineData("jkorf-usdm-multiassetmode")]
    public void Other_events_tell_nothing(string name) => Recorded(name).ShouldBe(default);

    [Fact]
    public void Mutated_events_are_read_or_refused()
    {
        var random = new DeterministicRandom(11);
        var original = Encoding.ASCII.GetBytes(Trade);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            if (!WireMessage.TryParse(Mutations.Mutate(original, random), out var document, out var message))
            {
                refused++;
                continue;
            }

            using (document)
            {
                try
                {
                    UserEvent.Read(message);
                    read++;
                }
                catch (WireFormatException)
                {
                    refused++;
                }
            }
        }

        (read > 100 && refused > 100).ShouldBeTrue($"{read} read, {refused} refused");
    }

    [Theory]
    [InlineData("""{"e":"\ud800"}""", false)]
    [InlineData("""{"e":"\uDFFF"}""", false)]
    [InlineData("""{"\ud800":1}""", false)]
    [InlineData("""{"e":"\ud7ff"}""", true)]
    [InlineData("""{"e":"\u5e01"}""", true)]
    public void Text_that_is_none_is_refused(string frame, bool isReadable)
    {
        WireMessage.TryParse(Encoding.UTF8.GetBytes(frame), out var document, out _).ShouldBe(isReadable);
        document?.Dispose();
    }

    private static UserEvent Recorded(string name)
    {
        WireMessage.TryParse(Encoding.UTF8.GetBytes(Fixtures.Read($"binance/ws/{name}.json").GetRawText()), out var document, out var message).ShouldBeTrue();
        using (document)
        {
            return UserEvent.Read(message);
        }
    }
}
