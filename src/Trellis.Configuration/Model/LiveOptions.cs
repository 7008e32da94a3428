using Trellis.Core.Markets;
using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

public enum OrdersOnStop
{
    /// <summary>They stay open at the exchange.</summary>
    Keep,

    /// <summary>They are cancelled.</summary>
    Cancel,
}

/// <summary>How live trading runs; every setting has a default.</summary>
[Meaning("How live and paper trading of this document runs.")]
public sealed record LiveOptions
{
    [Meaning("Length of the candles whose closes ask the bots.", Example = "1m")]
    public Interval Interval { get; init; } = Interval.OneMinute;

    [Meaning("What happens to open orders at an orderly stop: keep (they stay at the exchange) or cancel.", Example = "keep")]
    public OrdersOnStop OnStop { get; init; } = OrdersOnStop.Keep;

    [Meaning("Seconds between two comparisons of what is known with what the exchange says.", Example = "60")]
    [Bounds(AtLeast = "5", AtMost = "3600")]
    public int ReconcileSeconds { get; init; } = 60;
}
