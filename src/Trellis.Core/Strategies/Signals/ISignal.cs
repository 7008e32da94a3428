using Trellis.Core.Indicators;

namespace Trellis.Core.Strategies.Signals;

/// <summary>Says at the close of a bar whether to go long or short: the opinion of a signal strategy, which does the trading.</summary>
/// <remarks>A signal is immutable; what it remembers between bars lives in its follower.</remarks>
public interface ISignal
{
    /// <summary>The streaming form, from the first bar on.</summary>
    /// <param name="priceDecimals">Prices of the bars are integers × 10^-this.</param>
    ISignalFollower Start(int priceDecimals);

    /// <summary>The column form, which must agree with the streaming form bar by bar; this one asks it.</summary>
    /// <param name="bars">From the first bar on.</param>
    /// <param name="directions">One entry per bar, all 0: +1 to go long, −1 to go short, 0 for nothing new.</param>
    void Fill(BarSeries bars, Span<sbyte> directions)
    {
        var follower = Start(bars.PriceDecimals);
        for (var i = 0; i < directions.Length; i++)
        {
            directions[i] = (sbyte)follower.Update(bars[i]);
        }
    }
}

/// <summary>A signal that follows one market, bar by bar.</summary>
public interface ISignalFollower
{
    /// <summary>Takes the next bar.</summary>
    /// <returns>+1 to go long, −1 to go short, 0 for nothing new.</returns>
    int Update(in Bar bar);
}
