namespace Trellis.Live.Tests.Kills;

/// <summary>The points at which the program can be told to kill itself.</summary>
internal static class KillPoints
{
    public const string Random = "random instant";
    public const string Migration = "during-migration";
    public const string CancelSent = "after-cancel-send";

    /// <summary>All but the migration, which only a new database has.</summary>
    public static IReadOnlyList<string> Named { get; } =
    [
        "before-commit", "in-commit", "after-commit", "before-send", "after-send", "before-acknowledgement", "after-acknowledgement", "before-booking", "after-booking",
        "during-reconciliation", "after-reconciliation", "after-input", CancelSent,
    ];

    /// <summary>
    /// Points to kill at, one after another: every named one, instants without a name, and once more those where an order is on its way, so that more than half of any
    /// dozen kills find one.
    /// </summary>
    public static IEnumerable<string> Schedule()
    {
        yield return Migration;
        while (true)
        {
            for (var i = 0; i < Named.Count; i++)
            {
                yield return Named[i];
                yield return i % 2 == 0 ? OnTheirWay[i / 2 % OnTheirWay.Count] : Random;
            }
        }
    }

    /// <summary>Where an order is decided and not yet answered.</summary>
    public static IReadOnlyList<string> OnTheirWay { get; } = ["before-commit", "after-commit", "before-send", "after-send", "before-acknowledgement"];

    /// <summary>Where an order is on its way whenever the point is reached.</summary>
    public static bool HasOrderInFlight(string point) => point == CancelSent || OnTheirWay.Contains(point, StringComparer.Ordinal);

    /// <summary>Reached before the ladder stands: the bot has to be told of it before it begins.</summary>
    public static bool IsOfAStart(string point) => point is Migration or "during-reconciliation" or "after-reconciliation";

    /// <summary>How often a point may be reached before the kill: those of a start are reached once in it.</summary>
    public static int MostOccurrences(string point) => point is "during-reconciliation" or "after-reconciliation" ? 1 : 8;
}
