namespace Trellis.Core.Trading.Planning;

/// <summary>Thresholds of held orders on one market: only a quote that reaches one of them matters.</summary>
internal sealed class QuoteTriggers
{
    private decimal askAtOrAbove;
    private decimal bidAtOrBelow;
    private decimal middleAtOrAbove;
    private decimal middleAtOrBelow;
    private bool any;

    public QuoteTriggers() => Clear();

    public void Clear()
    {
        askAtOrAbove = decimal.MaxValue;
        middleAtOrAbove = decimal.MaxValue;
        bidAtOrBelow = decimal.MinValue;
        middleAtOrBelow = decimal.MinValue;
        any = false;
    }

    public void WhenAskAtOrAbove(decimal price) => askAtOrAbove = Math.Min(askAtOrAbove, price);

    public void WhenBidAtOrBelow(decimal price) => bidAtOrBelow = Math.Max(bidAtOrBelow, price);

    public void WhenMiddleAtOrAbove(decimal price) => middleAtOrAbove = Math.Min(middleAtOrAbove, price);

    public void WhenMiddleAtOrBelow(decimal price) => middleAtOrBelow = Math.Max(middleAtOrBelow, price);

    /// <summary>Something waits for any quote at all.</summary>
    public void WhenQuoted() => any = true;

    public void Add(QuoteTriggers other)
    {
        WhenAskAtOrAbove(other.askAtOrAbove);
        WhenBidAtOrBelow(other.bidAtOrBelow);
        WhenMiddleAtOrAbove(other.middleAtOrAbove);
        WhenMiddleAtOrBelow(other.middleAtOrBelow);
        any |= other.any;
    }

    public bool AreMetBy(decimal bid, decimal ask)
    {
        if (any || ask >= askAtOrAbove || bid <= bidAtOrBelow)
        {
            return true;
        }

        // Most markets have no collar: the division is left out where nothing waits for the middle.
        if (middleAtOrAbove == decimal.MaxValue && middleAtOrBelow == decimal.MinValue)
        {
            return false;
        }

        var middle = (bid + ask) / 2m;
        return middle >= middleAtOrAbove || middle <= middleAtOrBelow;
    }
}
