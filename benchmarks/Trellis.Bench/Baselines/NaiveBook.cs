namespace Trellis.Bench.Baselines;

/// <summary>The least that a book can do: two lists sorted by price and time. No accounts, checks, events or order ids.</summary>
internal sealed class NaiveBook
{
    private readonly List<(decimal Price, decimal Quantity)> bids = [];
    private readonly List<(decimal Price, decimal Quantity)> asks = [];

    public int Trades { get; private set; }

    public void Place(bool buy, decimal price, decimal quantity)
    {
        var against = buy ? asks : bids;
        while (quantity > 0 && against.Count > 0 && (buy ? against[^1].Price <= price : against[^1].Price >= price))
        {
            var traded = Math.Min(quantity, against[^1].Quantity);
            quantity -= traded;
            Trades++;
            if (traded == against[^1].Quantity)
            {
                against.RemoveAt(against.Count - 1);
            }
            else
            {
                against[^1] = (against[^1].Price, against[^1].Quantity - traded);
            }
        }

        if (quantity > 0)
        {
            Insert(buy ? bids : asks, buy, price, quantity);
        }
    }

    private static void Insert(List<(decimal Price, decimal Quantity)> side, bool buy, decimal price, decimal quantity)
    {
        var (low, high) = (0, side.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (buy ? side[middle].Price < price : side[middle].Price > price)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        side.Insert(low, (price, quantity));
    }
}
