namespace Trellis.Simulation.Faults;

/// <summary>How often each fault happens on average: per request, message, snapshot or hour, whatever it befalls.</summary>
internal static class FaultShares
{
    public static double Of(FaultKind kind) => kind switch
    {
        FaultKind.AnswerLost or FaultKind.RequestLost or FaultKind.UnknownServerError or FaultKind.KnownServerError => 0.01,
        FaultKind.RateLimited or FaultKind.NotSent => 0.01,
        FaultKind.Delayed or FaultKind.DuplicatedNews or FaultKind.ReorderedNews => 0.02,
        FaultKind.DroppedNews => 0.004,
        FaultKind.SnapshotFailed => 0.03,
        FaultKind.PartialFill => 0.1,
        FaultKind.PostOnlyRefused => 0.01,
        FaultKind.SilentStream or FaultKind.Disconnect => 0.04,
        FaultKind.RulesChanged or FaultKind.ClockSkew or FaultKind.Maintenance => 0.03,
        FaultKind.KillSwitch => 0.025,
        FaultKind.Pause or FaultKind.Resume or FaultKind.Stop or FaultKind.Start => 0.05,
        FaultKind.DrawdownLimit => 1,
        FaultKind.KilledInBatch => 0.025,
        _ => 0.018,
    };
}
