using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Queues;

/// <summary>The quotes that the loop knows and the journal does not: the latest of each market, in the order in which they came.</summary>
internal sealed class UnwrittenQuotes(int markets)
{
    private readonly List<QuoteChanged> kept = new(markets);

    public void Keep(QuoteChanged quote)
    {
        Forget(quote.Market);
        kept.Add(quote);
    }

    /// <summary>All of them, once; without one that the input itself replaces.</summary>
    public IReadOnlyList<QuoteChanged> Take(TradingInput before)
    {
        if (before is QuoteChanged quote)
        {
            Forget(quote.Market);
        }

        if (kept.Count == 0)
        {
            return [];
        }

        var taken = kept.ToArray();
        kept.Clear();
        return taken;
    }

    private void Forget(int market)
    {
        for (var i = 0; i < kept.Count; i++)
        {
            if (kept[i].Market == market)
            {
                kept.RemoveAt(i);
                return;
            }
        }
    }
}
