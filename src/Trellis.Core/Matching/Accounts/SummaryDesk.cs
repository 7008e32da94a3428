using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Accounts;

/// <summary>Writes accounts and positions in decimals.</summary>
internal static class SummaryDesk
{
    public static AccountSummary Of(MarginAccount account)
    {
        var state = MarginDesk.Of(account);
        var positions = new List<PositionSummary>();
        foreach (var holding in account.Holdings)
        {
            if (holding.IsIdle)
            {
                continue;
            }

            positions.Add(Of(account, holding, 0, state));
            if (account.Hedge)
            {
                positions.Add(Of(account, holding, 1, state));
            }
        }

        return new AccountSummary
        {
            Account = account.Id,
            HedgeMode = account.Hedge,
            WalletBalance = Decimal(state.Wallet),
            UnrealizedProfit = Decimal(state.Unrealized),
            MarginBalance = Decimal(state.Balance),
            InitialMargin = Decimal(state.Initial),
            PositionInitialMargin = Decimal(state.PositionInitial),
            OpenOrderInitialMargin = Decimal(state.Initial - state.PositionInitial),
            MaintenanceMargin = Decimal(state.Maintenance),
            AvailableBalance = Decimal(Int128.Max(0, state.Free)),
            Positions = positions,
            UpdatedAt = account.UpdatedAt,
        };
    }

    /// <param name="slot">0 for net and long, 1 for short.</param>
    /// <param name="state">Of the whole account.</param>
    public static PositionSummary Of(MarginAccount account, Holding holding, int slot, in MarginState state)
    {
        var market = holding.Market;
        var position = holding[slot];
        var quantity = market.Units.ToQuantity(position.Size);
        var entry = position.Size == 0 ? 0m : Decimal(position.Cost) / (Math.Abs(quantity) * market.Multiplier);
        var positionInitial = MarginDesk.PositionInitial(holding, slot);
        return new PositionSummary
        {
            Instrument = market.Index,
            Side = SideOf(account, slot),
            Quantity = quantity,
            EntryPrice = entry,
            BreakEvenPrice = entry / (1m - (Math.Sign(position.Size) * market.Rules.TakerFee)),
            MarkPrice = market.Units.ToPrice(market.MarkPrice),
            LiquidationPrice = position.Size == 0 ? 0m : LiquidationPrice.Of(holding, state),
            Notional = Decimal(MarginDesk.Value(holding, slot)),
            UnrealizedProfit = Decimal(MarginDesk.Unrealized(holding, slot)),
            InitialMargin = Decimal(positionInitial),
            MaintenanceMargin = Decimal(MarginDesk.Maintenance(holding, slot)),
            OpenOrderInitialMargin = Decimal(MarginDesk.Initial(holding, slot) - positionInitial),
            RealizedProfit = Decimal(holding.Realized[slot]),
            Leverage = holding.Leverage,
            UpdatedAt = holding.PositionUpdatedAt[slot],
        };
    }

    public static ExchangeTotals Totals(Floor floor)
    {
        Int128 wallets = 0, costs = 0;
        var net = new long[floor.Markets.Length];
        foreach (var account in floor.Accounts)
        {
            wallets += account.Wallet;
            foreach (var holding in account.Holdings)
            {
                costs += holding[0].SignedCost + holding[1].SignedCost;
                net[holding.Market.Index] += holding[0].Size + holding[1].Size;
            }
        }

        var purses = floor.Purses;
        return new ExchangeTotals(
            Decimal(purses.Deposits),
            Decimal(wallets),
            Decimal(costs),
            Decimal(purses.Fees),
            Decimal(purses.Insurance),
            Decimal(purses.Rounding),
            [.. net.Select((quantity, index) => floor.Markets[index].Units.ToQuantity(quantity))]);
    }

    private static PositionSide SideOf(MarginAccount account, int slot) =>
        !account.Hedge ? PositionSide.Net : slot == 0 ? PositionSide.Long : PositionSide.Short;

    private static decimal Decimal(Int128 units) => new Money(units).ToDecimal();
}
