using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Tests.Matching.Naive;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>Compares what both exchanges say of an account.</summary>
internal static class AccountComparison
{
    /// <summary>Entry prices are quotients, which may be rounded.</summary>
    private const decimal EntryTolerance = 0.000_000_000_001m;

    public static string? Everything(MatchingEngine engine, NaiveExchange naive, NaiveAccount account) =>
        Money(engine, naive, account) ?? (account.Id == NaiveExchange.House ? null : Orders(engine, naive, account));

    /// <summary>Wallet and positions.</summary>
    public static string? Money(MatchingEngine engine, NaiveExchange naive, NaiveAccount account)
    {
        var summary = engine.Summarize(account.Id);
        if (account.Id == NaiveExchange.House)
        {
            // It pays no fees and keeps no record of what it realized: its positions can be compared.
            return Positions(naive, account, summary);
        }

        return account.Wallet != summary.WalletBalance ? $"wallet of {account.Id}: expected {account.Wallet}, seen {summary.WalletBalance}"
            : account.HedgeMode != summary.HedgeMode ? $"hedge mode of {account.Id}: expected {account.HedgeMode}, seen {summary.HedgeMode}"
            : Positions(naive, account, summary);
    }

    private static string? Positions(NaiveExchange naive, NaiveAccount account, AccountSummary summary)
    {
        var held = 0;
        foreach (var seen in summary.Positions)
        {
            if (seen.Quantity == 0)
            {
                continue;
            }

            held++;
            var position = account.Position(seen.Instrument, seen.Side);
            var realized = account.Id == NaiveExchange.House ? 0m : position.Realized;
            if (position.Size != seen.Quantity || position.SignedCost != seen.UnrealizedProfit - seen.Notional || realized != seen.RealizedProfit)
            {
                return $"{seen.Side} position of {account.Id} on instrument {seen.Instrument}: expected {position.Size}, signed cost {position.SignedCost}, realized {realized}, seen {seen}";
            }

            if (Quotients(naive, account, seen) is { } difference)
            {
                return difference;
            }
        }

        return Fuzz.Difference.Of($"positions of {account.Id}", account.Positions.Count(), held);
    }

    private static string? Quotients(NaiveExchange naive, NaiveAccount account, PositionSummary seen)
    {
        var position = account.Position(seen.Instrument, seen.Side);
        var market = naive.Markets[seen.Instrument];
        var entry = position.Cost / Math.Abs(position.Size) / market.Multiplier;
        return Math.Abs(entry - seen.EntryPrice) > EntryTolerance ? $"entry price of {account.Id}: expected {entry}, seen {seen.EntryPrice}"
            : position.Size * market.MarkPrice * market.Multiplier != seen.Notional ? $"notional of {account.Id}: expected {position.Size} at {market.MarkPrice}, seen {seen}"
            : account.Leverage[seen.Instrument] != seen.Leverage ? $"leverage of {account.Id}: expected {account.Leverage[seen.Instrument]}, seen {seen.Leverage}"
            : null;
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
