namespace Trellis.Live.Tests.Kills;

/// <summary>What a kill and the start after it came to.</summary>
/// <param name="Point">Where the process was.</param>
/// <param name="InFlight">Whether an order was decided and not yet answered.</param>
/// <param name="Dying">From the start of the process that was killed until it was dead.</param>
/// <param name="Recovery">From the start of the next process until the ladder stood.</param>
/// <param name="Problems">What was not as it must be; a sentence each.</param>
internal sealed record KillResult(string Point, bool InFlight, TimeSpan Dying, TimeSpan Recovery, IReadOnlyList<string> Problems);
