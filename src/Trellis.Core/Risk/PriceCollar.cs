namespace Trellis.Core.Risk;

/// <summary>How far a limit order may lie from the last price.</summary>
/// <param name="percent">Above 0.</param>
public sealed class PriceCollar(decimal percent)
{
    private readonly decimal share = percent / 100m;

    /// <param name="price">Of the order.</param>
    /// <param name="last">Above 0.</param>
    public bool Holds(decimal price, decimal last) => Math.Abs(price - last) <= last * share;

    /// <summary>Where the last price has to go for the order to lie within the collar: down to it for an order below, up to it for one above.</summary>
    public decimal Release(decimal price, decimal last) => price < last
        ? share >= 1m ? decimal.MaxValue : price / (1m - share)
        : price / (1m + share);
}
