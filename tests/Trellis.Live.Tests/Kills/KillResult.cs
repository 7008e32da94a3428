namespace Trellis.Live.Tests.Kills;

/// <summary>What a kill and the start after it came to.</summary>
/// <param name="Point">Where the process was.</param>
/// <param name="InFlight">Whether an order was decided and not yet answered.</param>
/// <param name="Dying">From when the process was told to die there until it was dead.</param>
/// <param name="Recovery">From the start of the next process until the ladder stood.</param>
/// <param name="Back">When it was.</param>
/// <param name="Said">What the next process said meanwhile.</param>
/// <param name="Problems">What was not as it must be.</param>
internal sealed record KillResult(string Point, bool InFlight, TimeSpan Dying, TimeSpan Recovery, DateTimeOffset Back, string Said, IReadOnlyList<Problem> Problems);

/// <summary>Something that is not as it must be.</summary>
internal sealed record Problem(ProblemKind Kind, string Text)
{
    public override string ToString() => Text;
}

internal enum ProblemKind
{
    /// <summary>The bot has an order that the exchange does not have.</summary>
    Lost,

    /// <summary>The exchange has an order of ours that the bot does not have.</summary>
    Orphaned,

    /// <summary>One purpose had two orders.</summary>
    Doubled,

    /// <summary>Position or money differ.</summary>
    Books,
    Other,
}
