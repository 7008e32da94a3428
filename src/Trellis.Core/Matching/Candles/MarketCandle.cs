using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Candles;

/// <summary>A candle of one market in price units, with the close before it; without prices in a hole.</summary>
internal sealed class MarketCandle
{
    private const long Whole = 100_000_000;

    private readonly long slippage;

    /// <param name="slippage">Share × 10^8.</param>
    /// <exception cref="ConfigurationException">A price is finer than the market's unit.</exception>
    public MarketCandle(Market market, CandlePrices? prices, long slippage)
    {
        this.slippage = slippage;
        Market = market;
        IsHole = prices is null;
        CloseBefore = market.LastPrice;
        Open = prices is null ? CloseBefore : market.Units.FromPrice(prices.Open);
        High = prices is null ? CloseBefore : market.Units.FromPrice(prices.High);
        Low = prices is null ? CloseBefore : market.Units.FromPrice(prices.Low);
        Close = prices is null ? CloseBefore : market.Units.FromPrice(prices.Close);
    }

    public Market Market { get; }

    public bool IsHole { get; }

    public int CloseBefore { get; }

    public int Open { get; }

    public int High { get; }

    public int Low { get; }

    public int Close { get; }

    /// <summary>The side of the extreme that hurts a net position first: true for the low; flat, the extreme nearer to the open.</summary>
    public bool LowIsAdverse(long netSize) => Math.Sign(netSize) switch
    {
        1 => true,
        -1 => false,
        _ => Open - Low <= High - Open,
    };

    /// <summary>A price moved by slippage against the order and rounded against it to the tick; at least one tick.</summary>
    public int Slipped(int price, Side side)
    {
        var exact = (Int128)price * (Whole + (side.Sign() * slippage));
        var unit = (Int128)Market.Tick * Whole;
        var ticks = exact / unit;
        if (side == Side.Buy && ticks * unit != exact)
        {
            ticks++;
        }

        return (int)(Int128.Max(ticks, 1) * Market.Tick);
    }
}
