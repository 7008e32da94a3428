using Trellis.Core.Strategies.Dca;
using Trellis.Core.Tests.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Dca;

/// <summary>DCA bots for tests, on the instrument of <see cref="GridSome"/>: tick 0.1, lot 0.001.</summary>
internal static class DcaSome
{
    public static DcaOptions Options { get; } = new()
    {
        BaseOrderSize = 1000m,
        SafetyOrderSize = 500m,
        MaxSafetyOrders = 3,
        DeviationPercent = 1m,
        StepScale = 1.5m,
        VolumeScale = 2m,
        TakeProfitPercent = 1m,
        IncludeFees = false,
    };

    public static Desk Desk(DcaOptions options) => new(new DcaStrategy(options, hedgeMode: false), GridSome.Units(), GridSome.Rules);
}
