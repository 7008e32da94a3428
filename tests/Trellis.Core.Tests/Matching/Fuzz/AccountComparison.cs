using Trellis.Core.Matching;
using Trellis.Core.Orders;
using Trellis.Core.Tests.Matching.Naive;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>Compares what both exchanges say of an account.</summary>
internal static class AccountComparison
{
    /// <summary>Entry prices are quotients, which may be rounded.</summary>
    private const decimal EntryTolerance = 0.000_000_000_001m;

    public static string? Difference(MatchingEngine engine, NaiveExchange naive, NaiveAccount account)
    {
        var summary = engine.Summarize(account.Id);
        var name = account.Id.ToString();
        if (account.Id == NaiveExchange.House)
        {
            // The house has positions and no books of its own.
            return null;
        }

        return Fuzz.Difference.Of($"wallet of {name}", account.Wallet, summary.WalletBalance)
            ?? Fuzz.Difference.Of($"hedge mode of {name}", account.HedgeMode, summary.HedgeMode)
            ?? Positions(naive, account, summary)
            ?? Orders(engine, naive, account);
    }

    private static string? Positions(NaiveExchange naive, NaiveAccount account, Core.Matching.Accounts.AccountSummary summary)
    {
        List<(int, PositionSide, decimal Size, decimal Cost, decimal Realized)> expected = [];
        for (var instrument = 0; instrument < naive.Markets.Count; instrument++)
        {
            foreach (var side in (PositionSide[])[PositionSide.Net, PositionSide.Long, PositionSide.Short])
            {
                var position = account.Position(instrument, side);
                if (position.Size != 0)
                {
                    expected.Add((instrument, side, position.Size, position.SignedCost, position.Realized));
                }
            }
        }

        var held = summary.Positions.Where(position => position.Quantity != 0).ToList();
        var seen = held.Select(position => (position.Instrument, position.Side, position.Quantity, position.UnrealizedProfit - position.Notional, position.RealizedProfit))
            .OrderBy(position => position.Instrument).ThenBy(position => position.Side switch { PositionSide.Net => 0, PositionSide.Long => 1, _ => 2 }).ToList();
        return Fuzz.Difference.First($"position (instrument, side, size, signed cost, realized) of {account.Id}", expected, seen)
            ?? held.Select(position => Quotients(naive, account, position)).FirstOrDefault(each => each is not null);
    }

    private static string? Quotients(NaiveExchange naive, NaiveAccount account, Core.Matching.Accounts.PositionSummary seen)
    {
        var position = account.Position(seen.Instrument, seen.Side);
        var market = naive.Markets[seen.Instrument];
        var entry = position.Cost / Math.Abs(position.Size) / market.Multiplier;
        return Math.Abs(entry - seen.EntryPrice) > EntryTolerance ? $"entry price of {account.Id}: expected {entry}, seen {seen.EntryPrice}"
            : Fuzz.Difference.Of($"notional of {account.Id}", position.Size * market.MarkPrice * market.Multiplier, seen.Notional)
            ?? Fuzz.Difference.Of($"leverage of {account.Id}", account.Leverage[seen.Instrument], seen.Leverage);
    }

    private static string? Orders(MatchingEngine engine, NaiveExchange naive, NaiveAccount account)
    {
        for (var instrument = 0; instrument < naive.Markets.Count; instrument++)
        {
            var expected = naive.OpenOrders(account.Id, instrument).Select(OrderLine.Of).OrderBy(line => line.Order.ClientOrderId, StringComparer.Ordinal).ThenBy(line => line.Order.ConditionalId).ToList();
            var seen = engine.OpenOrders(account.Id, instrument).Select(OrderLine.Of).OrderBy(line => line.Order.ClientOrderId, StringComparer.Ordinal).ThenBy(line => line.Order.ConditionalId).ToList();
            var waiting = naive.Markets[instrument].Waiting.Where(order => order.Account == account.Id).Select(order => order.Id).ToList();
            var difference = Fuzz.Difference.First($"open order of {account.Id}", expected, seen)
                ?? Fuzz.Difference.First($"waiting conditional order of {account.Id}", waiting, [.. engine.OpenConditionals(account.Id, instrument).Select(order => order.Id)])
                ?? Fuzz.Difference.Of($"leverage of {account.Id}", account.Leverage[instrument], engine.Leverage(account.Id, instrument));
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }
}
