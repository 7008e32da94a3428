namespace Trellis.Core.Metrics;

/// <summary>
/// Equity between two bookings: a straight line in the close of one instrument. Amounts in units of 10^-12 quote currency.
/// </summary>
/// <param name="Base">Equity at a price of 0.</param>
/// <param name="PerClose">What one price unit more adds.</param>
/// <param name="NotionalPerClose">Notional of all positions per price unit, at least 0; 0 where nothing is held.</param>
public readonly record struct EquityLine(Int128 Base, Int128 PerClose, Int128 NotionalPerClose)
{
    public Int128 At(int close) => Base + (PerClose * close);
}
