using Trellis.Core.Accounts;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.State;

/// <summary>Makes an exchange from what was written down.</summary>
internal static class StateReader
{
    /// <exception cref="ConfigurationException">The state is of an exchange with another number of instruments.</exception>
    public static Exchange Read(MatchingSettings settings, EngineState state)
    {
        var exchange = new Exchange(settings);
        var floor = exchange.Floor;
        if (state.Markets.Count != floor.Markets.Length)
        {
            throw new ConfigurationException($"the kept exchange has {state.Markets.Count} instruments, the settings have {floor.Markets.Length}; both must be the same");
        }

        floor.Time = state.Time;
        floor.Sequences.Order = state.LastOrderId;
        floor.Sequences.Conditional = state.LastConditionalId;
        floor.Sequences.Income = state.LastIncomeId;
        floor.Sequences.Priority = state.LastPriority;
        floor.SplitParts = state.SplitParts;
        floor.Purses.Deposits = Units(state.Deposits);
        floor.Purses.Fees = Units(state.Fees);
        floor.Purses.Insurance = Units(state.Insurance);
        floor.Purses.Rounding = Units(state.Rounding);
        for (var i = 0; i < state.Markets.Count; i++)
        {
            Read(floor.Markets[i], state.Markets[i]);
        }

        for (var i = 0; i < state.Accounts.Count; i++)
        {
            Read(exchange, i, state.Accounts[i]);
        }

        for (var i = 0; i < state.Markets.Count; i++)
        {
            Read(exchange, floor.Markets[i], state.Markets[i]);
        }

        foreach (var countdown in state.Countdowns)
        {
            exchange.Deadlines.SetCountdown(new AccountId(countdown.Account), countdown.Instrument, countdown.At);
        }

        exchange.FindNextRules();
        floor.LevelChanges.Clear();
        return exchange;
    }

    private static void Read(Market market, MarketState state)
    {
        market.Restore(state.Rules);
        market.LastPrice = state.LastPrice;
        market.ForgetPath();
        market.MarkPrice = state.MarkPrice;
        market.IndexPrice = state.IndexPrice;
        market.MarkComesFromOutside = state.MarkComesFromOutside;
        market.IsHalted = state.IsHalted;
        market.LastTradeId = state.LastTradeId;
    }

    private static void Read(Exchange exchange, int index, AccountState state)
    {
        var floor = exchange.Floor;
        var account = floor.House;
        if (index > 0)
        {
            account = new MarginAccount(floor, new AccountId(index), state.Name, state.HedgeMode, leverage: 1);
            floor.Accounts.Add(account);
        }

        account.Hedge = state.HedgeMode;
        account.Wallet = Units(state.WalletBalance);
        account.MarginWasCalled = state.MarginWasCalled;
        account.UpdatedAt = state.UpdatedAt;
        for (var i = 0; i < state.Holdings.Count; i++)
        {
            var holding = account.Holdings[i];
            holding.Leverage = state.Holdings[i].Leverage;
            Read(holding, 0, state.Holdings[i].First);
            Read(holding, 1, state.Holdings[i].Second);
        }

        foreach (var order in state.OpenOrders)
        {
            exchange.Register.Restore(Read(floor, account, order));
        }

        foreach (var conditional in state.LiveConditionals)
        {
            exchange.Conditionals.Restore(LiveConditional.Of(account, floor.Markets[conditional.Request.Instrument], conditional));
        }

        account.History.Restore(state);
    }

    private static void Read(Holding holding, int slot, PositionState state)
    {
        holding[slot] = new Position(state.Size, Units(state.Cost));
        holding.Realized[slot] = Units(state.Realized);
        holding.PositionUpdatedAt[slot] = state.UpdatedAt;
    }

    private static LiveOrder Read(Floor floor, MarginAccount account, OpenOrderState state) => new()
    {
        Account = account,
        Market = floor.Markets[state.Request.Instrument],
        Request = state.Request,
        Id = state.Id,
        Side = state.Request.Side,
        Status = state.Status,
        Price = state.Price,
        Quantity = state.Quantity,
        Executed = state.Executed,
        ExecutedNotional = Units(state.ExecutedNotional),
        Priority = state.Priority,
        Reduces = state.Reduces,
        MarginPrice = state.MarginPrice,
        Amendments = state.Amendments,
        ConditionalId = state.ConditionalId,
        IsLiquidation = state.IsLiquidation,
        TakesAtOpen = state.TakesAtOpen,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
    };

    private static void Read(Exchange exchange, Market market, MarketState state)
    {
        foreach (var (side, levels) in (ReadOnlySpan<(Side, IReadOnlyList<LevelState>)>)[(Side.Buy, state.Bids), (Side.Sell, state.Asks)])
        {
            foreach (var level in levels)
            {
                foreach (var queued in level.Queue)
                {
                    market.Book.Add(exchange.Register.Find(queued.OrderId) ?? Matcher.HouseOrder(exchange.Floor, market, side, level.Price, queued.Quantity));
                }
            }
        }

        market.Book.UpdateId = state.UpdateId;
    }

    private static Int128 Units(decimal amount) => Money.FromDecimal(amount).Units;
}
