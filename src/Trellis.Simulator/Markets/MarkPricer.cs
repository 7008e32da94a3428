namespace Trellis.Simulator.Markets;

/// <summary>
/// Mark price and funding rate of one instrument. The index is the price of the path; the mark follows it, half of the way in
/// <see cref="HalfWay"/> milliseconds.
/// </summary>
/// <param name="decimals">To which the mark is rounded.</param>
internal sealed class MarkPricer(decimal mark, int decimals)
{
    public const long HalfWay = 5_000;

    /// <summary>0.01 % for each funding: what holding quote costs more than holding base.</summary>
    private const decimal Interest = 0.0001m;

    /// <summary>How far the premium may draw the rate away from the interest before it is felt.</summary>
    private const decimal Damper = 0.0005m;

    private long _time = long.MinValue;
    private decimal _index = mark;

    public decimal Mark { get; private set; } = mark;

    /// <summary>Moves the index; the mark goes after it by the share Δ ÷ (Δ + <see cref="HalfWay"/>) of the time that passed since the last move.</summary>
    public void Follow(decimal index, long time)
    {
        var passed = _time == long.MinValue ? HalfWay : Math.Max(0, time - _time);
        _time = time;
        _index = index;
        Mark = decimal.Round(Mark + ((index - Mark) * passed / (passed + HalfWay)), decimals, MidpointRounding.AwayFromZero);
    }

    /// <summary>The rate that is due now: premium + clamp(interest − premium, ±0.05 %), of 8 decimals. A share of notional.</summary>
    public decimal Rate()
    {
        var premium = _index == 0 ? 0 : (Mark - _index) / _index;
        return decimal.Round(premium + Math.Clamp(Interest - premium, -Damper, Damper), 8, MidpointRounding.ToEven);
    }
}
