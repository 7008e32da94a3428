using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Binance.Json;

/// <summary>Reads market data as REST tells it.</summary>
internal static class MarketReader
{
    /// <summary>Finished candles: a later one is there, or its end has passed.</summary>
    /// <param name="asked">The exchange's clock when the question left.</param>
    public static IReadOnlyList<Candle> Candles(JsonElement rows, long asked)
    {
        var list = rows.Items().ToList();
        var candles = new List<Candle>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            var row = list[i];
            if (i < list.Count - 1 || row.WholeAt(6) < asked)
            {
                candles.Add(new Candle(row.WholeAt(0), row.NumberAt(1), row.NumberAt(2), row.NumberAt(3), row.NumberAt(4), row.NumberAt(5)));
            }
        }

        return candles;
    }

    public static IReadOnlyList<Ticker> Tickers(JsonElement day, IReadOnlyDictionary<string, (decimal Bid, decimal Ask)> quotes) =>
        [.. day.Items().Where(row => quotes.ContainsKey(row.Text("symbol"))).Select(row => Ticker(row, quotes[row.Text("symbol")]))];

    public static IReadOnlyDictionary<string, (decimal Bid, decimal Ask)> Quotes(JsonElement list) =>
        list.ItemsBy("symbol", static row => (row.Number("bidPrice"), row.Number("askPrice")));

    public static BookSnapshot Book(InstrumentId instrument, JsonElement book, int depth) =>
        new(instrument, Levels(book.Inner("bids"), depth), Levels(book.Inner("asks"), depth), book.Whole("lastUpdateId"), book.WholeOrZero("E"));

    public static IReadOnlyList<PublicTrade> Trades(InstrumentId instrument, JsonElement list) =>
        [.. list.Items().Select(trade => new PublicTrade(
            instrument, trade.Text("id"), trade.Number("price"), trade.Number("qty"), trade.Flag("isBuyerMaker") ? Side.Sell : Side.Buy, trade.Whole("time")))];

    public static IReadOnlyList<FundingRate> FundingRates(JsonElement list) =>
        [.. list.Items().Select(rate => new FundingRate(rate.Whole("fundingTime"), rate.Number("fundingRate"), rate.NumberOrZero("markPrice") is > 0 and var mark ? mark : null))];

    private static Ticker Ticker(JsonElement row, (decimal Bid, decimal Ask) quote) =>
        new(Words.Instrument(row.Text("symbol")), row.Number("lastPrice"), quote.Bid, quote.Ask, row.NumberOrZero("quoteVolume"), row.WholeOrZero("closeTime"));

    private static IReadOnlyList<BookLevel> Levels(JsonElement side, int depth) =>
        [.. side.Items().Take(depth).Select(level => new BookLevel(level.NumberAt(0), level.NumberAt(1)))];
}
