using System.Globalization;
using System.Text.Json;
using Trellis.Core.Trading.Orders;
using Trellis.Live.Tests.Processes;
using Trellis.Server.Api;

namespace Trellis.Live.Tests.Kills;

/// <summary>Compares what a bot says of an account with what the exchange says of it.</summary>
/// <param name="exchange">Asked by its own interface.</param>
/// <param name="startBalance">Of the account before the first order.</param>
/// <param name="byHand">Client id of an open order that somebody placed by hand; empty without one.</param>
internal sealed class AccountAudit(SimulatedExchange exchange, decimal startBalance, string byHand)
{
    private const string Symbol = "symbol=" + SimulatedExchange.Symbol;

    /// <summary>The exchange rounds every amount to 8 decimals.</summary>
    private const decimal Rounding = 0.00001m;

    /// <returns>Each thing that is not as it must be.</returns>
    public async Task<IReadOnlyList<Problem>> RunAsync(StatusMessage status)
    {
        List<Problem> problems = [];
        var open = (await exchange.SendAsync(HttpMethod.Get, "/fapi/v1/openOrders", Symbol)).EnumerateArray().ToList();
        Orders(status, open, problems);
        ByHand(status, open, problems);
        await HistoryAsync(problems);
        await MoneyAsync(status, problems);
        return problems;
    }

    private static void Orders(StatusMessage status, List<JsonElement> open, List<Problem> problems)
    {
        var there = open.Select(Id).Where(id => ClientOrderId.TryParse(id, out _)).ToList();
        var here = status.Orders.Where(order => order.State is not "Planned").Select(order => order.ClientOrderId).ToList();
        problems.AddRange(here.Except(there, StringComparer.Ordinal).Select(id => new Problem(ProblemKind.Lost, $"order {id} is lost: the bot has it, the exchange does not")));
        problems.AddRange(there.Except(here, StringComparer.Ordinal).Select(id => new Problem(ProblemKind.Orphaned, $"order {id} is orphaned: it is open at the exchange, and the bot does not have it")));
        problems.AddRange(there.Select(Parse).GroupBy(id => (id.Bot, id.Lane, id.Slot)).Where(slot => slot.Count() > 1).Select(slot => new Problem(ProblemKind.Doubled, $"slot {slot.Key} has {slot.Count()} open orders")));
    }

    private void ByHand(StatusMessage status, List<JsonElement> open, List<Problem> problems)
    {
        if (byHand.Length > 0 && (open.TrueForAll(order => Id(order) != byHand) || !status.ForeignOrders.Any(order => order.ClientOrderId == byHand)))
        {
            problems.Add(new Problem(ProblemKind.Other, $"the order {byHand}, placed by hand, is not open, or the bot does not show it as foreign"));
        }
    }

    private async Task HistoryAsync(List<Problem> problems)
    {
        var all = await AllAsync("/fapi/v1/allOrders", "orderId", "orderId");
        problems.AddRange(all.GroupBy(Id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => new Problem(ProblemKind.Doubled, $"client id {same.Key} was used {same.Count()} times")));
        problems.AddRange(all
            .Where(order => order.GetProperty("status").GetString() == "FILLED" && ClientOrderId.TryParse(Id(order), out _))
            .Select(order => Parse(Id(order)))
            .GroupBy(id => (id.Bot, id.Lane, id.Revision, id.Slot, id.Cycle))
            .Where(same => same.Count() > 1)
            .Select(same => new Problem(ProblemKind.Doubled, $"cycle {same.Key} was filled {same.Count()} times")));
    }

    private async Task MoneyAsync(StatusMessage status, List<Problem> problems)
    {
        var account = await exchange.SendAsync(HttpMethod.Get, "/fapi/v3/account");
        var positions = (await exchange.SendAsync(HttpMethod.Get, "/fapi/v3/positionRisk", Symbol)).EnumerateArray().ToList();
        var size = positions.Sum(each => Number(each, "positionAmt"));
        var bots = status.Bots.SelectMany(bot => bot.Positions).ToList();
        if (status.Markets[0].Size != size || status.Markets[0].ForeignSize != 0 || bots.Sum(each => each.Size) != size)
        {
            problems.Add(new Problem(ProblemKind.Books, $"the exchange has a position of {size}; the bot says {status.Markets[0].Size}, of it foreign {status.Markets[0].ForeignSize}, of bots {bots.Sum(each => each.Size)}"));
        }

        // Unrealized profit depends on the price at which each side looks; what positions cost does not.
        var cost = positions.Sum(each => Number(each, "notional") - Number(each, "unRealizedProfit"));
        var there = Number(account, "totalWalletBalance") - cost;
        var here = startBalance + status.Bots.Sum(bot => bot.Realized + bot.Fees + bot.Funding) - bots.Sum(each => each.Size * each.EntryPrice);
        if (Math.Abs(there - here) > Rounding)
        {
            problems.Add(new Problem(ProblemKind.Books, $"wallet less cost of positions is {there} at the exchange and {here} in the ledger"));
        }
    }

    private async Task<List<JsonElement>> AllAsync(string path, string parameter, string id)
    {
        const int Page = 1_000;
        var all = new List<JsonElement>();
        while (true)
        {
            var from = all.Count == 0 ? 1 : all[^1].GetProperty(id).GetInt64() + 1;
            var page = (await exchange.SendAsync(HttpMethod.Get, path, $"{Symbol}&limit={Page}&{parameter}={from}")).EnumerateArray().ToList();
            all.AddRange(page);
            if (page.Count < Page)
            {
                return all;
            }
        }
    }

    private static string Id(JsonElement order) => order.GetProperty("clientOrderId").GetString()!;

    private static ClientOrderId Parse(string id) => ClientOrderId.TryParse(id, out var parsed) ? parsed : throw new InvalidOperationException($"{id} is none of ours");

    private static decimal Number(JsonElement element, string name) => decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
