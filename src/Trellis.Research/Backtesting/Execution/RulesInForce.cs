using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>The dated rules of an instrument in run units, stepping forward in time.</summary>
internal sealed class RulesInForce
{
    private readonly InstrumentUnits units;
    private readonly IReadOnlyList<InstrumentRules> rules;
    private int current;
    private long nextFrom;
    private FeeRate makerFee;
    private FeeRate takerFee;

    public RulesInForce(InstrumentUnits units, long startTime)
    {
        this.units = units;
        rules = units.Instrument.Rules;
        Rules = rules[0];
        Use(0);
        AdvanceTo(startTime);
    }

    public InstrumentRules Rules { get; private set; }

    public ref readonly FeeRate MakerFee => ref makerFee;

    public ref readonly FeeRate TakerFee => ref takerFee;

    /// <summary>Whether no others follow.</summary>
    public bool AreLast => nextFrom == long.MaxValue;

    /// <summary>Price units per tick.</summary>
    public int Tick { get; private set; }

    /// <summary>Quantity units per lot.</summary>
    public long Lot { get; private set; }

    /// <summary>Rules at a later time, without stepping, and when they end.</summary>
    public InstrumentRules At(long time, out long until)
    {
        until = nextFrom;
        if (time < until)
        {
            return Rules;
        }

        var found = current;
        while (time >= until)
        {
            found++;
            until = EndOf(found);
        }

        return rules[found];
    }

    public void AdvanceTo(long time)
    {
        while (time >= nextFrom)
        {
            Use(current + 1);
        }
    }

    /// <summary>A price moved against an order by slippage and rounded against it to the tick, at least one tick.</summary>
    /// <param name="price">In price units.</param>
    /// <param name="sign">+1 for a buy, −1 for a sell.</param>
    /// <param name="slippage">Share in units of 10^-8.</param>
    public int Slipped(int price, int sign, long slippage)
    {
        const long One = 100_000_000;
        var tick = Tick;
        if (slippage == 0 && price % tick == 0)
        {
            return price;
        }

        var scaled = (Int128)price * (One + (sign * slippage));
        var step = (Int128)tick * One;
        var ticks = (long)(scaled / step);
        if (sign > 0 && ticks * step != scaled)
        {
            ticks++;
        }

        return (int)Math.Clamp(ticks * tick, tick, int.MaxValue - 1);
    }

    private void Use(int index)
    {
        current = index;
        Rules = rules[index];
        nextFrom = EndOf(index);
        makerFee = new FeeRate(Rules.MakerFee, units.NotionalFactor);
        takerFee = new FeeRate(Rules.TakerFee, units.NotionalFactor);
        Tick = units.TickOf(Rules);
        Lot = units.LotOf(Rules);
    }

    private long EndOf(int index) => index + 1 < rules.Count ? rules[index + 1].ValidFrom.ToUnixTimeMilliseconds() : long.MaxValue;
}
