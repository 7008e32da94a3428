using Trellis.Simulator.Venues.Binance.Limits;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>What a request must bring (Binance, General Info, "Endpoint Security Type").</summary>
internal enum Access
{
    /// <summary>Nothing.</summary>
    Open,

    /// <summary>A key without signature.</summary>
    Key,

    /// <summary>A key and a signature.</summary>
    Signed,

    /// <summary>A key that may trade, and a signature.</summary>
    Trade,
}

/// <summary>One thing that can be asked.</summary>
/// <param name="Weight">What the request weighs, by its parameters.</param>
/// <param name="HandleAsync">Writes the answer, or throws a refusal.</param>
internal sealed record Endpoint(Access Access, Func<Parameters, int> Weight, Func<BinanceCall, ValueTask> HandleAsync)
{
    /// <summary>What it counts against the order limits.</summary>
    public OrderCost Orders { get; init; }

    /// <summary>Whether it places, amends or cancels orders.</summary>
    public bool IsOrder { get; init; }

    /// <summary>Whether it only cancels.</summary>
    public bool OnlyCancels { get; init; }

    /// <summary>Whether it shares the limit of the funding endpoints.</summary>
    public bool IsFunding { get; init; }

    /// <summary>Whether a request can only reduce risk.</summary>
    public bool IsReduceOnly(Parameters parameters) => OnlyCancels || IsTrue(parameters.Find("reduceOnly")) || IsTrue(parameters.Find("closePosition"));

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
