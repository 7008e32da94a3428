using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.Accounts;

/// <summary>An account as the exchange keeps it; cross margin over all its instruments.</summary>
internal sealed class MarginAccount
{
    private readonly Holding[] holdings;

    public MarginAccount(Floor floor, AccountId id, string name, bool hedge, int leverage)
    {
        Id = id;
        Name = name;
        Hedge = hedge;
        holdings = [.. floor.Markets.Select(market => new Holding(market, Math.Clamp(leverage, 1, market.Tiers.MaxLeverage)))];
        History = new AccountHistory(id.Value == 0 ? 0 : floor.Settings.HistoryLength);
        UpdatedAt = floor.Time;
    }

    public AccountId Id { get; }

    public string Name { get; }

    public bool IsHouse => Id.Value == 0;

    public bool Hedge { get; set; }

    /// <summary>In money units.</summary>
    public Int128 Wallet { get; set; }

    public bool MarginWasCalled { get; set; }

    public long UpdatedAt { get; set; }

    /// <summary>By instrument.</summary>
    public ReadOnlySpan<Holding> Holdings => holdings;

    public Dictionary<string, LiveOrder> OpenByClientId { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, LiveConditional> WaitingByClientId { get; } = new(StringComparer.Ordinal);

    public AccountHistory History { get; }

    public decimal WalletBalance => new Money(Wallet).ToDecimal();

    public bool HasPosition
    {
        get
        {
            foreach (var holding in holdings)
            {
                if (holding.HasPosition)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public Holding On(Market market) => holdings[market.Index];
}
