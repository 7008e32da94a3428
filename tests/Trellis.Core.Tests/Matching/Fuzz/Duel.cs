using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Core.Tests.Matching.Naive;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>The engine and the naive exchange, given the same commands.</summary>
internal sealed class Duel
{
    /// <summary>Answers and events are compared after each command, the book after so many.</summary>
    private const int BookComparison = 4;

    /// <summary>After so many, everything.</summary>
    private const int FullComparison = 64;

    private readonly FuzzScenario scenario;
    private readonly FuzzCounts? counts;
    private long steps;

    public Duel(FuzzScenario scenario, NaiveFault fault, FuzzCounts? counts = null)
    {
        this.scenario = scenario;
        this.counts = counts;
        Engine = new MatchingEngine(scenario.Settings);
        Naive = new NaiveExchange(scenario.Settings, fault);
        foreach (var command in scenario.Opening)
        {
            Engine.Apply(command);
            Naive.Apply(command);
        }
    }

    public MatchingEngine Engine { get; }

    public NaiveExchange Naive { get; }

    /// <summary>An account was liquidated, which the naive exchange does not follow: the duel ends here.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Gives both a command; what they then disagree on, or null.</summary>
    public string? Step(MatchingCommand command)
    {
        Engine.Events.Clear();
        Engine.LevelChanges.Clear();
        var outcome = Engine.Apply(command);
        var report = Naive.Apply(command, Verdict(command, outcome.Refusal));
        steps++;
        counts?.Count(command, outcome.Refusal, report);
        if (Engine.Events.OfType<Liquidated>().FirstOrDefault() is { } liquidated)
        {
            IsOver = true;
            counts?.Add("account liquidated");
            return Naive.IsBelowMaintenance(Naive.Accounts[liquidated.Account.Value]) ? Leftover(liquidated.Account) : $"liquidation: none expected, seen {liquidated}";
        }

        var difference = Answers(report, outcome) ?? Happenings(report) ?? (report.Fills.Count > 0 ? Traders(report.Fills) : null);
        NoteNumbers();
        if (difference is null && scenario.Scarce)
        {
            difference = Naive.Accounts.Where(Naive.IsBelowMaintenance).Select(account => $"liquidation: expected of {account.Id}, seen none").FirstOrDefault();
        }

        if (difference is null && steps % BookComparison == 0 && InstrumentOf(command) is var instrument && instrument >= 0 && instrument < Naive.Markets.Count)
        {
            difference = Books(instrument);
        }

        return difference ?? (steps % FullComparison == 0 ? Everything() : null);
    }

    public string? Everything()
    {
        for (var instrument = 0; instrument < Naive.Markets.Count; instrument++)
        {
            if (Books(instrument) is { } difference)
            {
                return difference;
            }
        }

        return Naive.Accounts.Select(account => AccountComparison.Everything(Engine, Naive, account)).FirstOrDefault(each => each is not null);
    }

    /// <summary>What an account still has that was liquidated; null for nothing.</summary>
    private string? Leftover(AccountId account) =>
        Engine.Summarize(account).Positions.FirstOrDefault(position => position.Quantity != 0) is { } position ? $"liquidated {account} still has {position}"
        : Engine.OpenOrders(account, -1).Count + Engine.OpenConditionals(account, -1).Count > 0 ? $"liquidated {account} still has orders"
        : Engine.Summarize(account).WalletBalance < 0 ? $"liquidated {account} still owes {Engine.Summarize(account).WalletBalance}"
        : null;

    /// <summary>With ample margin nothing may be refused for want of it; but orders that rest far away can come to more than a high leverage allows, however much money there is.</summary>
    private MarginVerdict Verdict(MatchingCommand command, Refusal? refusal)
    {
        if (!scenario.Scarce)
        {
            return command is SetLeverage && refusal?.Reason == RefusalReason.PositionAboveLeverageCap ? MarginVerdict.Ample with { Refusal = refusal.Reason } : MarginVerdict.Ample;
        }

        var rejected = Engine.Events.OfType<ConditionalChanged>()
            .Where(changed => changed.Order.Refusal?.Reason is RefusalReason.InsufficientMargin or RefusalReason.PositionAboveLeverageCap)
            .Select(changed => changed.Order.Id);
        return new MarginVerdict(refusal?.Reason, rejected.ToHashSet());
    }

    private static string? Answers(NaiveReport report, Outcome<object> outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            return report.Refusals.Contains(refusal.Reason) ? null
                : $"outcome: expected {(report.Refusals.Count == 0 ? "success" : string.Join(" or ", report.Refusals))}, seen {refusal}";
        }

        return report.Refusals.Count > 0 ? $"outcome: expected {string.Join(" or ", report.Refusals)}, seen {outcome.Value}"
            : report.Order is { } order ? Difference.Of("answered order", OrderLine.Of(order), outcome.Value is Order seen ? OrderLine.Of(seen) : default)
            : report.Conditional is { } conditional ? Difference.Of("answered conditional order", conditional.Id, (outcome.Value as ConditionalOrder)?.Id ?? 0)
            : null;
    }

    private string? Happenings(NaiveReport report)
    {
        var expected = StepLines.Of(report);
        var seen = StepLines.Of(Engine.Events);
        return Difference.First("fill", expected.Fills, seen.Fills)
            ?? Difference.First("order placed", expected.Placed, seen.Placed)
            ?? Difference.First("order ended", expected.Ended, seen.Ended)
            ?? Difference.First("conditional order", expected.Conditionals, seen.Conditionals)
            ?? Difference.First("income", expected.Incomes, seen.Incomes)
            ?? Trades(report.Trades);
    }

    private string? Trades(IReadOnlyList<NaiveTrade> expected)
    {
        List<NaiveTrade> seen = [];
        foreach (var each in Engine.Events)
        {
            if (each is Traded trade)
            {
                seen.Add(new NaiveTrade(trade.Instrument, trade.TradeId, trade.Price, trade.Quantity, trade.Aggressor));
            }
        }

        return Difference.First("trade", expected, seen);
    }

    /// <summary>The accounts that traded.</summary>
    private string? Traders(IReadOnlyList<NaiveFill> fills)
    {
        foreach (var account in Naive.Accounts)
        {
            if (account.Id != NaiveExchange.House && fills.Any(fill => fill.Account == account.Id) && AccountComparison.Money(Engine, Naive, account) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static int InstrumentOf(MatchingCommand command) => command switch
    {
        PlaceOrder place => place.Request.Instrument,
        AmendOrder amend => amend.Order.Instrument,
        CancelOrder cancel => cancel.Order.Instrument,
        CancelAllOrders all => all.Instrument,
        SetQuotes quotes => quotes.Instrument,
        TradeOutside trade => trade.Instrument,
        SetMarkPrice mark => mark.Instrument,
        MoveMarket move => move.Instrument,
        _ => -1,
    };

    private string? Books(int instrument)
    {
        var market = Naive.Markets[instrument];
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            if (Difference.First($"{side} level of instrument {instrument}", market.Levels(side), Engine.Levels(instrument, side, int.MaxValue)) is { } difference)
            {
                return difference;
            }
        }

        var expected = (market.LastPrice, market.MarkPrice, market.Halted);
        return Difference.Of($"last price, mark price and halt of instrument {instrument}", expected, (Engine.LastPrice(instrument), Engine.MarkPrice(instrument), Engine.IsHalted(instrument)));
    }

    /// <summary>Tells the naive exchange by which numbers clients may name its orders.</summary>
    private void NoteNumbers()
    {
        foreach (var each in Engine.Events)
        {
            if (each is OrderChanged { Change: OrderChange.Placed, Order: var placed })
            {
                var key = OrderKey.Of(placed);
                foreach (var order in Naive.Markets[placed.Request.Instrument].Resting)
                {
                    if (order.Id == 0 && OrderKey.Of(order) == key)
                    {
                        order.Id = placed.Id;
                    }
                }
            }
        }
    }
}
