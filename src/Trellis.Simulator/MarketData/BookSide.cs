using Trellis.Core.Matching.Commands;
using Trellis.Core.Orders;

namespace Trellis.Simulator.MarketData;

/// <summary>Price levels of one side. The best lies at the end of the array, where most changes are, so that little moves.</summary>
internal sealed class BookSide(Side side)
{
    private readonly List<QuoteLevel> _levels = [];

    public int Count => _levels.Count;

    /// <summary>The best level; price 0 where there is none.</summary>
    public QuoteLevel Best => _levels.Count == 0 ? default : _levels[^1];

    /// <param name="quantity">What the level holds now; 0 takes it away.</param>
    public void Set(decimal price, decimal quantity)
    {
        var (low, high) = (0, _levels.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (side.Sign() * decimal.Compare(_levels[middle].Price, price) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var isThere = low < _levels.Count && _levels[low].Price == price;
        if (quantity == 0)
        {
            if (isThere)
            {
                _levels.RemoveAt(low);
            }
        }
        else if (isThere)
        {
            _levels[low] = new QuoteLevel(price, quantity);
        }
        else
        {
            _levels.Insert(low, new QuoteLevel(price, quantity));
        }
    }

    /// <summary>Best levels, best first.</summary>
    public QuoteLevel[] Take(int depth)
    {
        var taken = new QuoteLevel[Math.Min(depth, _levels.Count)];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = _levels[^(i + 1)];
        }

        return taken;
    }

    public void Clear() => _levels.Clear();
}
