using System.Text;
using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Exchanges.Binance.Streams;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>The path of every quote.</summary>
public sealed class QuoteFrameTests
{
    private const string Quote = """{"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":400900217,"E":1568014460893,"T":1568014460891,"s":"BTCUSDT","b":"25351.90","B":"31.21000000","a":"25365.20","A":"40.66000000"}}""";

    [Fact]
    public void A_recorded_quote_is_read()
    {
        var recorded = Encoding.UTF8.GetBytes(Fixtures.Read("binance/ws/jkorf-usdm-bookticker.json").GetRawText());

        QuoteFrame.TryRead(recorded, out var quote).ShouldBeTrue();

        Encoding.ASCII.GetString(quote.Symbol).ShouldBe("BNBUSDT");
        (quote.Bid, quote.Ask, quote.Time).ShouldBe((25.3519m, 25.3652m, 1_568_014_460_893L));
    }

    [Fact]
    public void A_quote_allocates_nothing_on_its_way_to_the_sink()
    {
        var bitcoin = new InstrumentId("binance", MarketKind.Perp, "BTCUSDT");
        var sink = new CountingSink();
        var feed = new QuoteFeed(new SymbolLookup([bitcoin]), sink, TimeProvider.System, TimeSpan.FromSeconds(30), new StreamStatus(1, static _ => { }, static () => { }), 0);
        var frame = Encoding.UTF8.GetBytes(Quote);
        feed.Opened();
        for (var i = 0; i < 1_000; i++)
        {
            feed.Frame(frame);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            feed.Frame(frame);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sink.Count.ShouldBe(11_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"e":"bookTicker","E":1,"s":"X","b":"1","a":"2"}}""")]
    [InlineData("""{"e":"bookTicker","E":1,"s":"X","b":"1","a":"2"} x""")]
    [InlineData("""{"e":"bookTicker","E":1,"s":"X","b":"1e5","a":"2"}""")]
    [InlineData("""{"e":"bookTicker","E":1,"s":"X","b":"-1","a":"2"}""")]
    [InlineData("""{"e":"bookTicker","E":1,"s":"X","b":".","a":"2"}""")]
    [InlineData("""{"e":"bookTicker","E":1,"s":"X","b":"1.2.3","a":"2"}""")]
    [InlineData("""{"e":"bookTicker","E":1,"s":"X","b":"99999999999999999999","a":"2"}""")]
    [InlineData("""{"e":"bookTicker","E":1,"s":"","b":"1","a":"2"}""")]
    [InlineData("""{"e":"trade","E":1,"s":"X","b":"1","a":"2"}""")]
    [InlineData("""{"e":"bookTicker","E":1,"s":"X","b":"1"}""")]
    [InlineData("""{"data":{"data":{"e":"bookTicker","E":1,"s":"X","b":"1","a":"2"}}}""")]
    public void What_is_no_quote_is_not_read(string frame) => QuoteFrame.TryRead(Encoding.UTF8.GetBytes(frame), out _).ShouldBeFalse();

    [Fact]
    public void A_quote_may_have_blanks_and_properties_of_any_order() =>
        QuoteFrame.TryRead("""{ "a" : "2" , "b":1.50, "s":"X", "z":7, "E":1, "e":"bookTicker" }"""u8, out _).ShouldBeTrue();

    [Fact]
    public void Mutated_quotes_are_read_as_a_parser_reads_them_or_not_at_all()
    {
        var random = new DeterministicRandom(5);
        var original = Encoding.ASCII.GetBytes(Quote);
        var read = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var frame = Mutations.Mutate(original, random);
            if (!QuoteFrame.TryRead(frame, out var quote))
            {
                continue;
            }

            read++;
            // Bytes that are no JSON may pass where they do not matter; what is read is what stands there.
            if (WireMessage.TryParse(frame, out var document, out var message))
            {
                using (document)
                {
                    // The wrapper's other property does not matter.
                    message = document.RootElement.TryGetProperty("data", out var data) ? data : message;
                    quote.Bid.ShouldBe(decimal.Parse(Text(message, "b"), System.Globalization.CultureInfo.InvariantCulture));
                    quote.Ask.ShouldBe(decimal.Parse(Text(message, "a"), System.Globalization.CultureInfo.InvariantCulture));
                    Encoding.UTF8.GetString(quote.Symbol).ShouldBe(message.GetProperty("s").GetString());
                }
            }
        }

        read.ShouldBeGreaterThan(100);
    }

    private static string Text(JsonElement message, string name) =>
        message.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : message.GetProperty(name).GetString()!;

    private sealed class CountingSink : Adapters.IMarketSink
    {
        public int Count { get; private set; }

        public void Quote(InstrumentId instrument, decimal bid, decimal ask, long time) => Count++;

        public void CandleClosed(InstrumentId instrument, in Candle candle) => throw new InvalidOperationException("no candle was sent");

        public void Lost(string why) => throw new InvalidOperationException(why);

        public void Restored()
        {
            // Told once, at the first quote.
        }
    }
}
