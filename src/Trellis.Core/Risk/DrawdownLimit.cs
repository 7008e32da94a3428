namespace Trellis.Core.Risk;

/// <summary>The largest fall of equity from its highest.</summary>
/// <param name="percent">Above 0.</param>
/// <param name="start">Equity at the start: the first peak.</param>
public sealed class DrawdownLimit(decimal percent, decimal start)
{
    /// <summary>The highest equity so far.</summary>
    public decimal Peak { get; private set; } = start;

    /// <summary>The equity at which the limit is reached.</summary>
    public decimal Floor => Peak - (Peak * percent / 100m);

    public void Note(decimal equity) => Peak = Math.Max(Peak, equity);

    public bool IsReachedBy(decimal equity) => Peak > 0 && equity <= Floor;

    /// <summary>The limit begins anew, from this equity.</summary>
    public void Reset(decimal equity) => Peak = equity;
}
