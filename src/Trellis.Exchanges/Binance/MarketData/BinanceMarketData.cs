using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.MarketData;

/// <summary>Asks for market data over REST.</summary>
internal sealed class BinanceMarketData(BinanceRest rest, bool hasKey) : IMarketData
{
    private const int MostCandles = 1_500;
    private const int MostFundingRates = 1_000;
    private const int MostTrades = 1_000;

    private static readonly int[] Depths = [5, 10, 20, 50, 100, 500, 1_000];

    public Task<long> GetTimeAsync(CancellationToken cancellation) => rest.GetTimeAsync(cancellation);

    public async Task<IReadOnlyList<Instrument>> GetInstrumentsAsync(CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, IReadOnlyList<LeverageTier>> tiers = new Dictionary<string, IReadOnlyList<LeverageTier>>(StringComparer.Ordinal);
        if (hasKey)
        {
            var brackets = new RequestSpec(HttpMethod.Get, "/fapi/v1/leverageBracket", 1, Access.Signature, Purpose.Read);
            tiers = await rest.ReadAsync(brackets, InstrumentReader.LeverageTiers, cancellation);
        }

        return await rest.ReadAsync(Ask("/fapi/v1/exchangeInfo", 1), information =>
        {
            var (weight, ordersOfTenSeconds, ordersOfMinute) = InstrumentReader.Limits(information);
            rest.Limiter.SetLimits(weight, ordersOfTenSeconds, ordersOfMinute);
            return InstrumentReader.Instruments(information, tiers);
        }, cancellation);
    }

    public async Task<IReadOnlyList<Candle>> GetCandlesAsync(InstrumentId instrument, Interval interval, long from, int limit, CancellationToken cancellation)
    {
        if (interval.Milliseconds < Interval.OneMinute.Milliseconds)
        {
            throw new ConfigurationException($"interval '{interval}' is not offered by Binance's futures; allowed: 1m and longer");
        }

        var candles = new List<Candle>();
        var next = from;
        while (candles.Count < limit)
        {
            // One more than is wanted: the last row may be a candle that is not finished.
            var count = Math.Min(MostCandles, limit - candles.Count + 1);
            var asked = rest.Clock.Now;
            var spec = Ask("/fapi/v1/klines", count switch { < 100 => 1, < 500 => 2, <= 1_000 => 5, _ => 10 }, parameters => parameters
                .Add("symbol", Words.SymbolOf(instrument)).Add("interval", interval.ToString()).Add("startTime", next).Add("limit", count));
            var (rows, page) = await rest.ReadAsync(spec, list => (list.Items().Count(), MarketReader.Candles(list, asked)), cancellation);
            candles.AddRange(page.Take(limit - candles.Count));
            if (rows < count || page.Count == 0)
            {
                break;
            }

            next = page[^1].OpenTime + interval.Milliseconds;
        }

        return candles;
    }

    /// <summary>The last finished candles of an instrument, oldest first.</summary>
    public Task<IReadOnlyList<Candle>> GetLastCandlesAsync(InstrumentId instrument, Interval interval, int count, CancellationToken cancellation)
    {
        var asked = rest.Clock.Now;
        var spec = Ask("/fapi/v1/klines", 1, parameters => parameters.Add("symbol", Words.SymbolOf(instrument)).Add("interval", interval.ToString()).Add("limit", count + 1));
        return rest.ReadAsync(spec, list => MarketReader.Candles(list, asked), cancellation);
    }

    public async Task<IReadOnlyList<Ticker>> GetTickersAsync(CancellationToken cancellation)
    {
        var day = await rest.ReadAsync(Ask("/fapi/v1/ticker/24hr", 40), static list => list, cancellation);
        return await rest.ReadAsync(Ask("/fapi/v1/ticker/bookTicker", 5), list => MarketReader.Tickers(day, MarketReader.Quotes(list)), cancellation);
    }

    /// <summary>The best bid and ask of an instrument and their time, which is ours where the exchange tells none.</summary>
    public Task<(decimal Bid, decimal Ask, long Time)> GetQuoteAsync(InstrumentId instrument, CancellationToken cancellation) => rest.ReadAsync(
        Ask("/fapi/v1/ticker/bookTicker", 2, parameters => parameters.Add("symbol", Words.SymbolOf(instrument))),
        row => (row.Number("bidPrice"), row.Number("askPrice"), row.WholeOrZero("time") is > 0 and var time ? time : rest.Clock.Now),
        cancellation);

    public Task<BookSnapshot> GetBookAsync(InstrumentId instrument, int depth, CancellationToken cancellation)
    {
        var offered = Array.Find(Depths, level => level >= depth) is > 0 and var found ? found : Depths[^1];
        var weight = offered switch { <= 50 => 2, 100 => 5, 500 => 10, _ => 20 };
        var spec = Ask("/fapi/v1/depth", weight, parameters => parameters.Add("symbol", Words.SymbolOf(instrument)).Add("limit", offered));
        return rest.ReadAsync(spec, book => MarketReader.Book(instrument, book, depth), cancellation);
    }

    public Task<IReadOnlyList<PublicTrade>> GetTradesAsync(InstrumentId instrument, int limit, CancellationToken cancellation) => rest.ReadAsync(
        Ask("/fapi/v1/trades", 5, parameters => parameters.Add("symbol", Words.SymbolOf(instrument)).Add("limit", Math.Clamp(limit, 1, MostTrades))),
        list => MarketReader.Trades(instrument, list),
        cancellation);

    public async Task<IReadOnlyList<FundingRate>> GetFundingRatesAsync(InstrumentId instrument, long from, CancellationToken cancellation)
    {
        var rates = new List<FundingRate>();
        while (true)
        {
            var next = rates.Count == 0 ? from : rates[^1].Time + 1;
            var spec = Ask("/fapi/v1/fundingRate", 0, parameters => parameters.Add("symbol", Words.SymbolOf(instrument)).Add("startTime", next).Add("limit", MostFundingRates));
            var page = await rest.ReadAsync(spec, MarketReader.FundingRates, cancellation);
            rates.AddRange(page);
            if (page.Count < MostFundingRates)
            {
                return rates;
            }
        }
    }

    private static RequestSpec Ask(string path, int weight, Action<RequestParameters>? fill = null)
    {
        var spec = new RequestSpec(HttpMethod.Get, path, weight, Access.Public, Purpose.Read);
        fill?.Invoke(spec.Parameters);
        return spec;
    }
}
