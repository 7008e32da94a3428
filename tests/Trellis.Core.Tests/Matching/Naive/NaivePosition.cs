using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>A position that keeps its total cost; a partial close releases cost × closed ÷ size, rounded half to even at 1e-12.</summary>
internal sealed class NaivePosition
{
    /// <summary>Above 0 long, below 0 short.</summary>
    public decimal Size { get; private set; }

    /// <summary>At least 0, in quote currency.</summary>
    public decimal Cost { get; private set; }

    /// <summary>What was realized since the position was opened.</summary>
    public decimal Realized { get; private set; }

    /// <summary>Negative for a long: the cash that building the position took.</summary>
    public decimal SignedCost => Size >= 0 ? -Cost : Cost;

    public NaivePosition Copy() => (NaivePosition)MemberwiseClone();

    /// <summary>How much an order of this side may trade before the position is closed.</summary>
    public decimal ClosableBy(Side side) => Math.Max(0m, -side.Sign() * Size);

    /// <summary>Books a fill and returns what it realized.</summary>
    /// <param name="unitValue">Price × multiplier.</param>
    /// <param name="truncated">Rounds wrongly, for a broken exchange.</param>
    public decimal Apply(Side side, decimal quantity, decimal unitValue, bool truncated = false)
    {
        var closed = Math.Min(quantity, ClosableBy(side));
        var realized = closed > 0 ? Close(side, closed, unitValue, truncated) : 0m;
        var opened = quantity - closed;
        if (opened > 0)
        {
            if (Size == 0)
            {
                Realized = 0;
            }

            Size += side.Sign() * opened;
            Cost += opened * unitValue;
        }

        return realized;
    }

    private decimal Close(Side side, decimal closed, decimal unitValue, bool truncated)
    {
        var size = Math.Abs(Size);
        var released = closed == size ? Cost : truncated ? decimal.Round(Cost * closed / size, 12, MidpointRounding.ToZero) : NaiveMoney.Round(Cost * closed / size);
        var realized = -side.Sign() * ((closed * unitValue) - released);
        Cost -= released;
        Size += side.Sign() * closed;
        Realized += realized;
        return realized;
    }
}
