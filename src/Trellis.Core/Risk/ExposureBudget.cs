namespace Trellis.Core.Risk;

/// <summary>
/// How much the account may be exposed, and how much it is in the worst case: positions at their cost, and every order that can add to one at its
/// own price. Foreign positions and orders only ever add to it: their owner may end them at any time.
/// </summary>
/// <param name="markets">How many instruments there are.</param>
/// <param name="most">Of one instrument, in the account's currency; null for no limit.</param>
/// <param name="mostTotal">Of all instruments together; null for no limit.</param>
/// <param name="hedgeMode">Whether long and short positions stand beside each other instead of netting.</param>
public sealed class ExposureBudget(int markets, decimal? most, decimal? mostTotal, bool hedgeMode)
{
    private readonly decimal[] positions = new decimal[markets * 2];
    private readonly decimal[] orders = new decimal[markets * 2];
    private readonly decimal[] foreign = new decimal[markets * 2];

    /// <summary>Takes over what is in another budget of as many instruments, in the place of its own.</summary>
    public void TakeOver(ExposureBudget other)
    {
        other.positions.CopyTo(positions, 0);
        other.orders.CopyTo(orders, 0);
        other.foreign.CopyTo(foreign, 0);
        Total = other.Total;
    }

    /// <summary>Nothing is held, and nothing out.</summary>
    public void Clear()
    {
        Array.Clear(positions);
        Array.Clear(orders);
        Array.Clear(foreign);
        Total = 0m;
    }

    /// <summary>Worst case over all instruments.</summary>
    public decimal Total { get; private set; }

    /// <summary>Worst case of an instrument: the larger of what it could become long and short; in hedge mode both together.</summary>
    public decimal Of(int market) => hedgeMode ? Of(market, 1) : Math.Max(Of(market, 1), Of(market, -1));

    /// <param name="direction">+1 long, −1 short.</param>
    /// <param name="cost">At least 0.</param>
    public void AddPosition(int market, int direction, decimal cost) => Change(positions, market, direction, cost);

    public void AddForeign(int market, int direction, decimal notional) => Change(foreign, market, direction, notional);

    /// <summary>An order that is out already, whatever the limits say.</summary>
    public void AddOrder(int market, int direction, decimal notional) => Change(orders, market, direction, notional);

    /// <summary>Adds an order where the limits leave room for it, or where it makes the worst case in its direction no worse.</summary>
    /// <remarks>In its direction: what somebody else holds the other way may be gone tomorrow, and must not hide what is added here.</remarks>
    public bool TryAddOrder(int market, int direction, decimal notional)
    {
        if (notional == 0)
        {
            return true;
        }

        var place = (market * 2) + (direction > 0 ? 0 : 1);
        var (before, others) = (Of(market, direction), Total - Of(market));
        orders[place] += notional;
        var after = Of(market, direction);
        var fits = after <= before || (after <= (most ?? decimal.MaxValue) && others + after <= (mostTotal ?? decimal.MaxValue));
        if (fits)
        {
            Total = others + Of(market);
        }
        else
        {
            orders[place] -= notional;
        }

        return fits;
    }

    private decimal Of(int market, int direction)
    {
        var (longSide, shortSide) = (market * 2, (market * 2) + 1);
        if (hedgeMode)
        {
            return positions[longSide] + positions[shortSide] + orders[longSide] + orders[shortSide] + foreign[longSide] + foreign[shortSide];
        }

        var side = direction > 0 ? longSide : shortSide;
        var net = (positions[longSide] - positions[shortSide]) * direction;
        return Math.Max(net, 0m) + Math.Max(0m, orders[side] + Math.Min(net, 0m)) + foreign[side];
    }

    private void Change(decimal[] amounts, int market, int direction, decimal notional)
    {
        if (notional == 0)
        {
            return;
        }

        Total -= Of(market);
        amounts[(market * 2) + (direction > 0 ? 0 : 1)] += notional;
        Total += Of(market);
    }
}
