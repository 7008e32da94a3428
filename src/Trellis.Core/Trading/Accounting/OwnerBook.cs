using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Orders;

namespace Trellis.Core.Trading.Accounting;

/// <summary>What one owner (a bot, or what is foreign) holds and has earned on each market.</summary>
internal sealed class OwnerBook
{
    private readonly LedgerPosition[] positions;
    private readonly MarketResult[] results;

    /// <param name="name">As the ledger names it.</param>
    /// <param name="markets">How many markets there are.</param>
    public OwnerBook(string name, int markets)
    {
        Name = name;
        positions = new LedgerPosition[markets * 3];
        results = new MarketResult[markets];
    }

    public string Name { get; }

    /// <summary>Realized + fees + funding over all markets.</summary>
    public decimal Earned { get; private set; }

    public ref LedgerPosition Position(int market, PositionSide side) => ref positions[(market * 3) + (int)side + 1];

    public MarketResult Result(int market) => results[market];

    public MarketResult Total => results.Aggregate(default(MarketResult), (sum, next) => new MarketResult(sum.Realized + next.Realized, sum.Fees + next.Fees, sum.Funding + next.Funding));

    /// <summary>Signed, both positions of hedge mode together.</summary>
    public decimal Size(int market) =>
        Position(market, PositionSide.Net).Size + Position(market, PositionSide.Long).Size + Position(market, PositionSide.Short).Size;

    /// <summary>Cost as the ledger keeps it, signed, both positions together.</summary>
    public decimal SignedCost(int market) =>
        Position(market, PositionSide.Net).SignedCost + Position(market, PositionSide.Long).SignedCost + Position(market, PositionSide.Short).SignedCost;

    /// <summary>What is held in a direction, at least 0.</summary>
    public decimal Held(int market, int direction)
    {
        var net = Position(market, PositionSide.Net).Size * direction;
        var own = Position(market, (PositionSide)direction).Size * direction;
        return Math.Max(0m, net) + Math.Max(0m, own);
    }

    /// <summary>The cost of what is held in a direction, at least 0.</summary>
    public decimal HeldCost(int market, int direction)
    {
        var net = Position(market, PositionSide.Net).SignedCost * direction;
        var own = Position(market, (PositionSide)direction).SignedCost * direction;
        return Math.Max(0m, net) + Math.Max(0m, own);
    }

    public decimal Unrealized(int market, decimal price, decimal multiplier) =>
        Position(market, PositionSide.Net).Unrealized(price, multiplier)
        + Position(market, PositionSide.Long).Unrealized(price, multiplier)
        + Position(market, PositionSide.Short).Unrealized(price, multiplier);

    public void Earn(int market, in MarketResult gain)
    {
        var before = results[market];
        results[market] = new MarketResult(before.Realized + gain.Realized, before.Fees + gain.Fees, before.Funding + gain.Funding);
        Earned += gain.Realized + gain.Fees + gain.Funding;
    }
}

/// <summary>In quote currency; what was gained is above 0.</summary>
internal readonly record struct MarketResult(decimal Realized, decimal Fees, decimal Funding);
