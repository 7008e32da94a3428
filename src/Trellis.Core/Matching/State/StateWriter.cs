using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.State;

/// <summary>Writes an exchange down between two commands.</summary>
internal static class StateWriter
{
    public static EngineState Write(Exchange exchange)
    {
        var floor = exchange.Floor;
        return new EngineState
        {
            Time = floor.Time,
            LastOrderId = floor.Sequences.Order,
            LastConditionalId = floor.Sequences.Conditional,
            LastIncomeId = floor.Sequences.Income,
            LastPriority = floor.Sequences.Priority,
            SplitParts = floor.SplitParts,
            Deposits = Decimal(floor.Purses.Deposits),
            Fees = Decimal(floor.Purses.Fees),
            Insurance = Decimal(floor.Purses.Insurance),
            Rounding = Decimal(floor.Purses.Rounding),
            Markets = [.. floor.Markets.Select(Write)],
            Accounts = [.. floor.Accounts.Select(account => Write(exchange, account))],
            Countdowns = [.. exchange.Deadlines.Countdowns.Select(countdown => new CountdownState(countdown.Key.Account, countdown.Key.Instrument, countdown.Value))],
        };
    }

    private static MarketState Write(Market market) => new(
        market.Definition.Instrument.Rules,
        market.LastPrice,
        market.MarkPrice,
        market.IndexPrice,
        market.MarkComesFromOutside,
        market.IsHalted,
        market.LastTradeId,
        market.Book.UpdateId,
        Write(market.Book.Bids),
        Write(market.Book.Asks));

    private static List<LevelState> Write(BookSide side)
    {
        var levels = new List<LevelState>();
        for (var level = side.Best; level is not null; level = level.Worse)
        {
            var queue = new List<QueuedState>();
            for (var order = level.First; order is not null; order = order.Behind)
            {
                queue.Add(new QueuedState(order.Id, order.Remaining));
            }

            levels.Add(new LevelState(level.Price, queue));
        }

        return levels;
    }

    private static AccountState Write(Exchange exchange, MarginAccount account) => new(
        account.Name,
        account.Hedge,
        account.WalletBalance,
        account.MarginWasCalled,
        account.UpdatedAt,
        [.. account.Holdings.ToArray().Select(holding => new HoldingState(holding.Leverage, Write(holding, 0), Write(holding, 1)))],
        [.. OrderRegister.Open(account, null).Select(Write)],
        [.. exchange.Conditionals.Live.Where(conditional => conditional.Account == account).Select(conditional => conditional.Order)],
        [.. account.History.Orders],
        [.. account.History.Conditionals],
        [.. account.History.Fills],
        [.. account.History.Income],
        [.. account.History.Amendments]);

    private static PositionState Write(Holding holding, int slot) =>
        new(holding[slot].Size, Decimal(holding[slot].Cost), Decimal(holding.Realized[slot]), holding.PositionUpdatedAt[slot]);

    private static OpenOrderState Write(LiveOrder order) => new(
        order.Id,
        order.Request,
        order.Status,
        order.Price,
        order.Quantity,
        order.Executed,
        Decimal(order.ExecutedNotional),
        order.Priority,
        order.Reduces,
        order.MarginPrice,
        order.Amendments,
        order.ConditionalId,
        order.IsLiquidation,
        order.TakesAtOpen,
        order.CreatedAt,
        order.UpdatedAt);

    private static decimal Decimal(Int128 units) => new Money(units).ToDecimal();
}
