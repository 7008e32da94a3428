using System.Text.Json;
using System.Text.Json.Serialization;
using Trellis.Core.Matching;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>All that an engine said, as text: equal texts are equal to the bit, trailing zeros of decimals included.</summary>
internal static class EventText
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    public static string OfEvents(MatchingEngine engine) => string.Join("\n",
        engine.Events.Select(each => each.GetType().Name + Of(each)).Concat(engine.LevelChanges.Select(change => Of(change))));

    public static string Of(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);
}
