using System.Runtime.InteropServices;
using Trellis.Core.Numerics;

namespace Trellis.Core.Metrics;

/// <summary>What many trades come to.</summary>
public sealed record TradeStatistics
{
    public int Count { get; init; }

    /// <summary>Trades with a profit above 0, fees and funding included.</summary>
    public int Wins { get; init; }

    /// <summary>Trades with a profit below 0.</summary>
    public int Losses { get; init; }

    /// <summary>Sum of the profits before fees and funding.</summary>
    public Money Realized { get; init; }

    /// <summary>Sum of the profits of the wins, at least 0.</summary>
    public Money GrossProfit { get; init; }

    /// <summary>Sum of the profits of the losses, at most 0.</summary>
    public Money GrossLoss { get; init; }

    /// <summary>Largest profit; 0 without a trade.</summary>
    public Money Best { get; init; }

    /// <summary>Smallest profit; 0 without a trade.</summary>
    public Money Worst { get; init; }

    /// <summary>Milliseconds; null without a trade, like the two below.</summary>
    public double? HoldingMean { get; init; }

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public double? HoldingMedian { get; init; }

    public long? HoldingMax { get; init; }

    public Money Profit => GrossProfit + GrossLoss;

    /// <summary>Wins ÷ count, 0 to 1; null without a trade.</summary>
    public double? WinRate => Count == 0 ? null : (double)Wins / Count;

    /// <summary>Gross profit ÷ −gross loss; null where nothing was lost.</summary>
    public double? ProfitFactor => GrossLoss.IsZero ? null : (double)GrossProfit.Units / (double)-GrossLoss.Units;
}

/// <summary>Adds trades up. Their profits and holding times are kept, 24 bytes each, for the median and the distribution.</summary>
public sealed class TradeMeter
{
    private readonly List<long> holdings = [];
    private readonly List<Int128> profits = [];
    private Int128 realized;
    private Int128 gained;
    private Int128 lost;
    private Int128 holdingSum;
    private int wins;
    private int losses;

    /// <summary>Units of 10^-12 quote currency.</summary>
    public ReadOnlySpan<Int128> Profits => CollectionsMarshal.AsSpan(profits);

    public void Add(in Trade trade)
    {
        profits.Add(trade.Profit);
        holdings.Add(trade.Holding);
        holdingSum += trade.Holding;
        realized += trade.Realized;
        if (trade.Profit > 0)
        {
            wins++;
            gained += trade.Profit;
        }
        else if (trade.Profit < 0)
        {
            losses++;
            lost += trade.Profit;
        }
    }

    /// <summary>All trades of another meter.</summary>
    public void Add(TradeMeter other)
    {
        profits.AddRange(other.profits);
        holdings.AddRange(other.holdings);
        holdingSum += other.holdingSum;
        realized += other.realized;
        gained += other.gained;
        lost += other.lost;
        wins += other.wins;
        losses += other.losses;
    }

    public TradeStatistics Result()
    {
        if (profits.Count == 0)
        {
            return new TradeStatistics();
        }

        var (best, worst) = (profits[0], profits[0]);
        foreach (var profit in profits)
        {
            best = profit > best ? profit : best;
            worst = profit < worst ? profit : worst;
        }

        var sorted = holdings.ToArray();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return new TradeStatistics
        {
            Count = profits.Count,
            Wins = wins,
            Losses = losses,
            Realized = new Money(realized),
            GrossProfit = new Money(gained),
            GrossLoss = new Money(lost),
            Best = new Money(best),
            Worst = new Money(worst),
            HoldingMean = (double)holdingSum / sorted.Length,
            HoldingMedian = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + (double)sorted[middle]) / 2,
            HoldingMax = sorted[^1],
        };
    }
}
