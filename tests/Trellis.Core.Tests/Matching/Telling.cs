using System.Text.Json;
using Trellis.Core.Matching;

namespace Trellis.Core.Tests.Matching;

/// <summary>Engines and what they told, as text to compare.</summary>
internal static class Telling
{
    /// <summary>All events and level changes since the last time, which are forgotten.</summary>
    public static string Take(MatchingEngine engine)
    {
        var text = string.Join('\n', engine.Events.Select(told => $"{told.GetType().Name} {JsonSerializer.Serialize(told, told.GetType())}"))
            + "\n" + string.Join('\n', engine.LevelChanges);
        engine.Events.Clear();
        engine.LevelChanges.Clear();
        return text;
    }

    public static string State(MatchingEngine engine) => JsonSerializer.Serialize(engine.Capture());
}
