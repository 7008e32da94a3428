using Trellis.Core.Orders;

namespace Trellis.Cli.Live.Commands;

/// <summary>Kinds of orders in few words, for tables.</summary>
internal static class LiveKinds
{
    /// <param name="kind">Name of an <see cref="OrderKind"/>.</param>
    public static string Word(string kind) => kind switch
    {
        nameof(OrderKind.TriggerAtOrBelow) => "stop at ≤",
        nameof(OrderKind.TriggerAtOrAbove) => "stop at ≥",
        _ => kind.ToLowerInvariant(),
    };
}
