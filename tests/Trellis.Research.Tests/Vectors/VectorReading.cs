using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Core.Options;

namespace Trellis.Research.Tests.Vectors;

/// <summary>Values of a vector, all of which are decimal text or words.</summary>
internal static class VectorReading
{
    public static bool IsTrue(this JsonNode? node) => node?.GetValue<string>() == "true";

    public static decimal Number(this JsonNode? node) => decimal.Parse(node!.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture);

    public static decimal? NumberOrNull(this JsonNode? node) => node is null ? null : node.Number();

    public static int? CountOrNull(this JsonNode? node) => (int?)node.NumberOrNull();

    public static T Choice<T>(this JsonNode? node, T otherwise)
        where T : struct, Enum => node is null ? otherwise : Enum.Parse<T>(node.GetValue<string>().Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    public static PriceOrPercent? Level(this JsonNode? node) => node is not null && PriceOrPercent.TryParse(node.GetValue<string>(), out var level) ? level : null;
}
