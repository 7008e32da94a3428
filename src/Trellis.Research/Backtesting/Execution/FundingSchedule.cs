using Trellis.Core;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>The funding payments of a lane by candle of the run.</summary>
internal sealed class FundingSchedule
{
    private readonly FundingDue[] due;
    private int next;

    public FundingSchedule(LaneSetup setup, RunRange range)
    {
        var payments = new List<FundingDue>();
        foreach (var funding in setup.Funding)
        {
            var elapsed = funding.Time - range.StartTime;
            if (elapsed < range.Interval || elapsed >= range.Count * range.Interval || funding.Rate == 0)
            {
                continue;
            }

            var mark = funding.MarkPrice is { } price ? MarkPrice(setup, price) : 0;
            payments.Add(new FundingDue(payments.Count, (int)(elapsed / range.Interval), mark, new FeeRate(funding.Rate, setup.Units.NotionalFactor)));
        }

        due = [.. payments];
        StepTo(0);
    }

    /// <summary>No payment is due before this candle.</summary>
    public int EarliestCandle { get; private set; }

    /// <summary>The first candle after this one that has a payment due.</summary>
    public int NextCandle(int after)
    {
        while (EarliestCandle <= after)
        {
            StepTo(next + 1);
        }

        return EarliestCandle;
    }

    /// <param name="index">Of a payment that has been taken.</param>
    public FeeRate RateOf(int index) => due[index].Rate;

    /// <summary>Takes the next payment that is due in this candle.</summary>
    public bool TryTake(int candle, out FundingDue payment)
    {
        while (EarliestCandle < candle)
        {
            StepTo(next + 1);
        }

        if (EarliestCandle == candle)
        {
            payment = due[next];
            StepTo(next + 1);
            return true;
        }

        payment = default;
        return false;
    }

    private void StepTo(int index)
    {
        next = index;
        EarliestCandle = index < due.Length ? due[index].Candle : int.MaxValue;
    }

    private static int MarkPrice(LaneSetup setup, decimal price)
    {
        var scaled = price;
        for (var i = 0; i < setup.Units.PriceDecimals; i++)
        {
            scaled *= 10;
        }

        scaled = decimal.Floor(scaled + 0.5m);
        return scaled is > 0 and < int.MaxValue
            ? (int)scaled
            : throw new DataException($"{setup.Units.Instrument.Id}: funding mark price {price} is out of range; allowed: above 0, at most {setup.Units.ToPrice(int.MaxValue - 1)}");
    }
}

/// <param name="Index">In the schedule.</param>
/// <param name="Candle">Of the run.</param>
/// <param name="MarkPrice">In price units; 0 for the candle's open.</param>
/// <param name="Rate">Share of the notional that a long pays.</param>
internal readonly record struct FundingDue(int Index, int Candle, int MarkPrice, FeeRate Rate);
