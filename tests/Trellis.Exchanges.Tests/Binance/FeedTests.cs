using System.Text;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Exchanges.Binance.Streams;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Damaged messages on their way through the feeds, whole.</summary>
public sealed class FeedTests
{
    private const string Kline = """{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":179999,"s":"BTCUSDT","k":{"t":120000,"T":179999,"s":"BTCUSDT","i":"1m","o":"1","c":"2","h":"3","l":"1","v":"5","x":true}}}""";
    private const string Quote = """{"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":4,"E":15,"T":14,"s":"BTCUSDT","b":"1.90","B":"3","a":"2.20","A":"4"}}""";

    private readonly MarketRecord _record = new();
    private readonly StreamStatus _status;
    private readonly SymbolLookup _lookup = new([ScriptedBinance.Bitcoin]);

    public FeedTests() => _status = new StreamStatus(2, _record.Lost, _record.Restored);

    [Fact]
    public void Damaged_quotes_are_counted_and_told_once()
    {
        var feed = new QuoteFeed(_lookup, _record, TimeProvider.System, TimeSpan.FromSeconds(30), _status, 0);

        Feed(feed, Quote);

        feed.Unreadable.ShouldBeGreaterThan(100);
        _record.Losses.Count.ShouldBe(1);
        _record.Quotes.ShouldAllBe(quote => quote.Instrument == ScriptedBinance.Bitcoin && quote.Bid >= 0m && quote.Ask >= 0m);
    }

    [Fact]
    public void Damaged_candles_are_counted_and_told_once()
    {
        // Nothing is fetched here: the keeper only hears what the feed takes off.
        var keeper = new CandleKeeper(ScriptedBinance.Bitcoin, Interval.OneMinute, null!, _record, TimeProvider.System);
        var feed = new CandleFeed(_lookup, [keeper], "1m", TimeProvider.System, TimeSpan.FromSeconds(30), _status, 1);

        Feed(feed, Kline);

        feed.Unreadable.ShouldBeGreaterThan(100);
        feed.TakeMissing().ShouldBe([0]);
        _record.Losses.Count.ShouldBe(1);
    }

    private static void Feed(IStreamEvents feed, string message)
    {
        var random = new DeterministicRandom(3);
        var original = Encoding.ASCII.GetBytes(message);
        feed.Opened();
        for (var i = 0; i < 20_000; i++)
        {
            feed.Frame(Mutations.Mutate(original, random));
        }
    }
}
