using Trellis.Core.Numerics;

namespace Trellis.Core.Metrics;

/// <summary>How much of the account was in the market, over all closes of a run.</summary>
/// <param name="TimeInMarket">Share of the closes with an open position, 0 to 1.</param>
/// <param name="MaxNotional">Largest sum of the notionals of all positions.</param>
/// <param name="MaxNotionalClose">Number of the close at which it stood first; null where nothing was ever held.</param>
/// <param name="MaxOfEquity">Largest notional ÷ equity; closes at which equity is not above 0 are left out.</param>
/// <param name="MeanOfEquity">Mean of notional ÷ equity over the other closes, those without a position included.</param>
public sealed record Exposure(double TimeInMarket, Money MaxNotional, int? MaxNotionalClose, double MaxOfEquity, double MeanOfEquity);

/// <summary>Adds up exposure, close by close or over closes between two bookings.</summary>
public sealed class ExposureMeter
{
    /// <summary>Equity above this part of its line's base is far enough from 0 for doubles to divide by it.</summary>
    private const long FarFromZero = 1_000_000;

    private int closes;
    private int inMarket;
    private int counted;
    private Int128 most;
    private int? mostClose;
    private double mostOfEquity;
    private double sumOfEquity;

    public Exposure Result => new(
        closes == 0 ? 0 : (double)inMarket / closes,
        new Money(most),
        mostClose,
        mostOfEquity,
        counted == 0 ? 0 : sumOfEquity / counted);

    /// <summary>One close.</summary>
    public void Take(Int128 equity, Int128 notional)
    {
        if (notional > 0)
        {
            inMarket++;
        }

        if (notional > most)
        {
            (most, mostClose) = (notional, closes);
        }

        if (equity > 0)
        {
            counted++;
            var ofEquity = (double)notional / (double)equity;
            mostOfEquity = Math.Max(mostOfEquity, ofEquity);
            sumOfEquity += ofEquity;
        }

        closes++;
    }

    /// <summary>Closes between two bookings.</summary>
    public void Take(EquityStretch stretch)
    {
        var prices = stretch.Prices;
        var line = stretch.Line;
        if (line.NotionalPerClose == 0)
        {
            counted += line.Base > 0 ? prices.Length : 0;
            closes += prices.Length;
            return;
        }

        if (stretch.Least * FarFromZero <= Int128.Abs(line.Base))
        {
            foreach (var price in prices)
            {
                Take(line.At(price), line.NotionalPerClose * price);
            }

            return;
        }

        if (line.NotionalPerClose * stretch.HighestPrice > most)
        {
            (most, mostClose) = (line.NotionalPerClose * stretch.HighestPrice, closes + prices.IndexOf(stretch.HighestPrice));
        }

        var (start, slope, notional) = ((double)line.Base, (double)line.PerClose, (double)line.NotionalPerClose);
        var (sum, largest) = (0.0, mostOfEquity);
        foreach (var price in prices)
        {
            var ofEquity = notional * price / (start + (slope * price));
            largest = Math.Max(largest, ofEquity);
            sum += ofEquity;
        }

        (sumOfEquity, mostOfEquity) = (sumOfEquity + sum, largest);
        inMarket += prices.Length;
        counted += prices.Length;
        closes += prices.Length;
    }
}
