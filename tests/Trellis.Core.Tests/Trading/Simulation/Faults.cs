using Trellis.Core.Numerics;

namespace Trellis.Core.Tests.Trading.Simulation;

/// <summary>How badly a simulated world behaves: shares from 0 to 1, times in milliseconds.</summary>
internal sealed record Faults
{
    /// <summary>Requests that never arrive, with no word of it.</summary>
    public double LostRequests { get; init; }

    /// <summary>Requests that arrive and whose answer is lost.</summary>
    public double LostAnswers { get; init; }

    /// <summary>Requests that certainly never left.</summary>
    public double NotSent { get; init; }

    /// <summary>Orders that the exchange refuses for no reason of ours.</summary>
    public double Refusals { get; init; }

    /// <summary>Longest way to the exchange; beyond the receive window it refuses.</summary>
    public long LongestWay { get; init; } = 50;

    /// <summary>Longest delay of a message of the user stream.</summary>
    public long LongestNews { get; init; } = 50;

    /// <summary>Messages of the user stream that come twice.</summary>
    public double Doubles { get; init; }

    /// <summary>Chance per minute that the user stream goes silent for a while.</summary>
    public double Silences { get; init; }

    /// <summary>Chance per minute that the process is killed.</summary>
    public double Kills { get; init; }

    /// <summary>Snapshots that fail.</summary>
    public double FailedSnapshots { get; init; }

    /// <summary>Chance per minute that a person does something: trades, cancels, pauses, pays in.</summary>
    public double People { get; init; }

    /// <summary>Fills come in parts.</summary>
    public bool Parts { get; init; }

    public static Faults None { get; } = new();

    public static Faults Of(DeterministicRandom random) => new()
    {
        LostRequests = Share(random, 0.1),
        LostAnswers = Share(random, 0.1),
        NotSent = Share(random, 0.1),
        Refusals = Share(random, 0.1),
        LongestWay = random.NextUnit() < 0.3 ? 6_000 : 200,
        LongestNews = random.NextUnit() < 0.3 ? 8_000 : 200,
        Doubles = Share(random, 0.3),
        Silences = Share(random, 0.3),
        Kills = Share(random, 0.3),
        FailedSnapshots = Share(random, 0.3),
        People = Share(random, 0.3),
        Parts = random.NextUnit() < 0.5,
    };

    private static double Share(DeterministicRandom random, double most) => random.NextUnit() < 0.5 ? 0.0 : random.NextUnit() * most;
}
