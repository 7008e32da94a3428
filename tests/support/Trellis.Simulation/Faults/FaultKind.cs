namespace Trellis.Simulation.Faults;

/// <summary>Everything that goes wrong between a loop and its exchange, or that people do to it.</summary>
public enum FaultKind : byte
{
    /// <summary>The exchange did it and its answer never came.</summary>
    AnswerLost,
    RequestLost,

    /// <summary>A request, an answer or a message is far slower than usual.</summary>
    Delayed,
    DuplicatedNews,
    ReorderedNews,

    /// <summary>A message of the user stream is lost, and the shell sees the gap.</summary>
    DroppedNews,

    /// <summary>The user stream says nothing for a while, and the shell notices late.</summary>
    SilentStream,

    /// <summary>Stream and requests under way are lost at once.</summary>
    Disconnect,

    /// <summary>5xx: it may have happened.</summary>
    UnknownServerError,

    /// <summary>503 with the word that nothing happened.</summary>
    KnownServerError,

    /// <summary>429.</summary>
    RateLimited,
    NotSent,
    SnapshotFailed,
    PartialFill,
    RulesChanged,
    ClockSkew,
    Maintenance,
    PostOnlyRefused,

    /// <summary>Between the commit of an input and the leaving of what followed from it.</summary>
    KilledAfterCommit,

    /// <summary>An order has left and nothing has come back.</summary>
    KilledBeforeAnswer,
    KilledWhileReconciling,

    /// <summary>Some orders of a batch have left, the others have not.</summary>
    KilledInBatch,

    /// <summary>What was not committed is lost with the process.</summary>
    LostTail,
    KillSwitch,
    Pause,
    Resume,
    Stop,
    Start,
    DrawdownLimit,
}
