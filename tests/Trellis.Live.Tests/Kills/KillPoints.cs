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

    /// <summary>Where an order is on its way whenever the point is reached.</summary>
    public static bool HasOrderInFlight(string point) => point is "before-commit" or "after-commit" or "before-send" or "after-send" or "before-acknowledgement" or CancelSent;

    /// <summary>How often a point may be reached before the kill: those of a start are reached once in it.</summary>
    public static int MostOccurrences(string point) => point is "during-reconciliation" or "after-reconciliation" ? 1 : 8;
}
