using System.Globalization;
using Trellis.Core.Markets;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.Trading;

/// <summary>Fills and income since a time, however many pages they take.</summary>
internal sealed class AccountHistory(BinanceRest rest)
{
    private const int PageSize = 1_000;

    /// <summary>Binance answers at most this long a time at once.</summary>
    private const long LongestWindow = 7 * 86_400_000L;

    /// <summary>How far back Binance tells fills: six months.</summary>
    private const long Kept = 180 * 86_400_000L;

    /// <summary>Fills of an instrument, oldest first.</summary>
    public async Task<IReadOnlyList<VenueFill>> FillsAsync(InstrumentId instrument, long since, CancellationToken cancellation)
    {
        var fills = new List<VenueFill>();
        var now = rest.Clock.Now;
        for (var from = Math.Max(since, now - Kept); from <= now; from += LongestWindow)
        {
            fills.AddRange(await PageAsync(instrument, parameters => parameters.Add("startTime", from).Add("endTime", from + LongestWindow - 1), cancellation));
            if (fills.Count > 0)
            {
                // From here on by number, which has no windows and skips nothing.
                if (fills.Count >= PageSize || from + LongestWindow <= now)
                {
                    await RestAsync(instrument, fills, cancellation);
                }

                break;
            }
        }

        return fills;
    }

    /// <summary>Fills of one order, oldest first, whenever they happened: the times of a market need not be those of its exchange's servers.</summary>
    /// <param name="executed">What they add up to.</param>
    public async Task<IReadOnlyList<VenueFill>> FillsOfAsync(InstrumentId instrument, string venueOrderId, decimal executed, CancellationToken cancellation)
    {
        // Without a number Binance tells the last of them, of a week.
        var fills = await PageAsync(instrument, parameters => parameters.Add("orderId", venueOrderId), cancellation);
        if (fills.Sum(fill => fill.Quantity) >= executed)
        {
            return fills;
        }

        try
        {
            return await FromTheFirstAsync(instrument, venueOrderId, cancellation) ?? fills;
        }
        catch (ExchangeException error) when (error.Kind == AnswerKind.Refused)
        {
            // Of an order and by number at once is nothing that Binance promises: all the rest of the account must not wait for it.
            return fills;
        }
    }

    /// <summary>Everything but fills that changed the wallet, oldest first.</summary>
    public async Task<IReadOnlyList<VenueIncome>> IncomeAsync(long since, CancellationToken cancellation)
    {
        var income = new List<VenueIncome>();
        for (var number = 1; ; number++)
        {
            var spec = new RequestSpec(HttpMethod.Get, "/fapi/v1/income", 30, Access.Signature, Purpose.Read);
            spec.Parameters.Add("startTime", since).Add("limit", PageSize).Add("page", number);
            var page = await rest.ReadAsync(spec, list => list.Items().Select(AccountReader.Income).ToList(), cancellation);
            income.AddRange(page.OfType<VenueIncome>());
            if (page.Count < PageSize)
            {
                return income;
            }
        }
    }

    /// <returns>Null where the number alone was heeded, and these would be the fills of all orders.</returns>
    private async Task<IReadOnlyList<VenueFill>?> FromTheFirstAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellation)
    {
        var all = new List<VenueFill>();
        for (var next = 1L; ; next = NextAfter(all))
        {
            var page = await PageAsync(instrument, parameters => parameters.Add("orderId", venueOrderId).Add("fromId", next), cancellation);
            if (page.Exists(fill => fill.VenueOrderId != venueOrderId))
            {
                return null;
            }

            all.AddRange(page);
            if (page.Count < PageSize)
            {
                return all;
            }
        }
    }

    private async Task RestAsync(InstrumentId instrument, List<VenueFill> fills, CancellationToken cancellation)
    {
        while (true)
        {
            var page = await PageAsync(instrument, parameters => parameters.Add("fromId", NextAfter(fills)), cancellation);
            fills.AddRange(page);
            if (page.Count < PageSize)
            {
                return;
            }
        }
    }

    private static long NextAfter(List<VenueFill> fills) => long.Parse(fills[^1].TradeId, CultureInfo.InvariantCulture) + 1;

    private Task<List<VenueFill>> PageAsync(InstrumentId instrument, Action<RequestParameters> fill, CancellationToken cancellation)
    {
        var spec = new RequestSpec(HttpMethod.Get, "/fapi/v1/userTrades", 5, Access.Signature, Purpose.Read);
        spec.Parameters.Add("symbol", Words.SymbolOf(instrument)).Add("limit", PageSize);
        fill(spec.Parameters);
        return rest.ReadAsync(spec, static list => list.Items().Select(AccountReader.Fill).ToList(), cancellation);
    }
}
