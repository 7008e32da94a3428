using System.Text;
using Trellis.Core.Matching;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Markets;
using Trellis.Simulator.Tests.Markets;

namespace Trellis.Simulator.Tests.Faults;

/// <summary>Builders of fault plans.</summary>
internal static class SomePlan
{
    public static readonly IReadOnlyList<MatchingInstrument> Instruments =
        MarketPlan.Load(SomeMarket.Options with { Instruments = ["BTCUSDT", "ETHUSDT"], HistoryMinutes = 1, Speed = MarketSpeed.Max }, DateTimeOffset.UnixEpoch).Instruments;

    public static readonly RequestFacts Place = new("POST", "/fapi/v1/order", IsOrder: true, IsReduceOnly: false);

    public static readonly RequestFacts Reduce = new("POST", "/fapi/v1/order", IsOrder: true, IsReduceOnly: true);

    public static readonly RequestFacts Look = new("GET", "/fapi/v1/account", IsOrder: false, IsReduceOnly: false);

    /// <param name="faults">The rules, without the brackets around them.</param>
    public static FaultPlan Of(string faults, TimeProvider? time = null, long seed = 1) =>
        FaultPlan.Parse(Encoding.UTF8.GetBytes($$"""{ "faults": [{{faults}}] }"""), seed, Instruments, time ?? new LeapingTime());
}
