using Trellis.Core.Numerics;

namespace Trellis.Core.Metrics;

/// <summary>One calendar month (UTC) of a run, the first and the last perhaps in part.</summary>
public sealed record MonthResult
{
    public required int Year { get; init; }

    /// <summary>1 to 12.</summary>
    public required int Month { get; init; }

    /// <summary>Equity when it began.</summary>
    public Money Start { get; init; }

    /// <summary>Equity when it ended; the start of the next.</summary>
    public Money End { get; init; }

    public Money Realized { get; init; }

    public Money Fees { get; init; }

    public Money Funding { get; init; }

    public int Fills { get; init; }

    /// <summary>Sum of the notionals of its fills.</summary>
    public Money Turnover { get; init; }

    public Money Change => End - Start;

    /// <summary>Change ÷ start; null where the start is not above 0.</summary>
    public double? Return => Start.Units <= 0 ? null : (double)Change.Units / (double)Start.Units;
}

/// <summary>Adds entries up by the month of their candle's open, and keeps equity at the turns of months.</summary>
public sealed class MonthMeter
{
    private readonly List<MonthResult> months = [];
    private int year;
    private int month;
    private Money start;
    private Money end;
    private Int128 realized;
    private Int128 fees;
    private Int128 funding;
    private Int128 turnover;
    private int fills;

    /// <param name="time">Start of the run, Unix milliseconds.</param>
    /// <param name="equity">At the start.</param>
    public MonthMeter(long time, Money equity) => Begin(time, equity);

    public void Take(in AccountEntry entry)
    {
        realized += entry.Realized;
        fees += entry.Fee;
        funding += entry.Funding;
        turnover += entry.Notional;
        fills += entry.IsFill ? 1 : 0;
    }

    /// <summary>Equity at a close; those at midnights must be among them, each before the entries that follow it.</summary>
    /// <param name="time">Close time, Unix milliseconds.</param>
    /// <param name="equity">At that close.</param>
    public void Take(long time, Money equity)
    {
        end = equity;
        var date = DateTimeOffset.FromUnixTimeMilliseconds(time);
        if ((date.Year, date.Month) != (year, month))
        {
            months.Add(Current());
            Begin(time, equity);
        }
    }

    /// <param name="runEnd">Unix milliseconds; a month that would only begin there is none.</param>
    public IReadOnlyList<MonthResult> Result(long runEnd)
    {
        var last = DateTimeOffset.FromUnixTimeMilliseconds(runEnd - 1);
        return (last.Year, last.Month) == (year, month) ? [.. months, Current()] : [.. months];
    }

    private void Begin(long time, Money equity)
    {
        var date = DateTimeOffset.FromUnixTimeMilliseconds(time);
        (year, month) = (date.Year, date.Month);
        (start, end) = (equity, equity);
        (realized, fees, funding, turnover, fills) = (0, 0, 0, 0, 0);
    }

    private MonthResult Current() => new()
    {
        Year = year,
        Month = month,
        Start = start,
        End = end,
        Realized = new Money(realized),
        Fees = new Money(fees),
        Funding = new Money(funding),
        Fills = fills,
        Turnover = new Money(turnover),
    };
}
