using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

/// <summary>The limits of live trading; what is left out is not limited.</summary>
[Meaning("Limits of live and paper trading, over all bots. What is left out is not limited; real money demands the first three.")]
public sealed record RiskOptions
{
    [Meaning("Largest notional of one instrument in quote currency, open orders at their worst case.", Example = "5000")]
    [Bounds(Above = "0")]
    public decimal? MaxPosition { get; init; }

    [Meaning("Largest sum of notionals over all instruments in quote currency, counted likewise.", Example = "20000")]
    [Bounds(Above = "0")]
    public decimal? MaxTotalExposure { get; init; }

    [Meaning("Largest fall of equity from its highest in percent; reaching it throws the kill switch.", Example = "20")]
    [Bounds(Above = "0", AtMost = "100")]
    public decimal? MaxDrawdownPercent { get; init; }

    [Meaning("Most open orders per instrument.", Example = "200")]
    [Bounds(AtLeast = "1", AtMost = "10000")]
    public int? MaxOrdersPerInstrument { get; init; }

    [Meaning("Limit orders further than this from the last price wait, in percent.", Example = "10")]
    [Bounds(Above = "0", AtMost = "1000")]
    public decimal? PriceCollarPercent { get; init; }
}
