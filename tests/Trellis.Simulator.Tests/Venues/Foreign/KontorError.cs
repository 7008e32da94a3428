using System.Text.Json.Nodes;
using Trellis.Core.Matching.Orders;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>What Kontor says where it does not do what it was asked: words, no numbers.</summary>
internal sealed record KontorError(int Http, string Name, string Text)
{
    public static KontorError Busy { get; } = new(503, "busy", "Try later: nothing was done.");

    public static KontorError Unsure { get; } = new(504, "unsure", "It may or may not have been done.");

    public static KontorError Closed { get; } = new(503, "closed", "Kontor is closed for maintenance.");

    public static KontorError Unknown { get; } = new(404, "unknown", "There is no such thing.");

    public static KontorError Stranger { get; } = new(401, "stranger", "Access, pass, time or sign is not right.");

    public static KontorError Malformed(string text) => new(400, "malformed", text);

    public static KontorError Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.InsufficientMargin or RefusalReason.PositionAboveLeverageCap => new(409, "short-of-margin", refusal.Detail),
        RefusalReason.QuantityNotOnLot or RefusalReason.QuantityTooManyDecimals or RefusalReason.QuantityBelowMinimum => new(400, "whole-contracts", refusal.Detail),
        RefusalReason.DuplicateClientOrderId => new(409, "tag-used", refusal.Detail),
        RefusalReason.UnknownOrder => Unknown,
        RefusalReason.TradingHalted => new(409, "halted", refusal.Detail),
        _ => new(409, "refused", refusal.Detail),
    };

    public JsonObject ToJson() => new() { ["ok"] = false, ["fault"] = new JsonObject { ["name"] = Name, ["text"] = Text } };
}

/// <summary>Ends a request with an error.</summary>
internal sealed class KontorException(KontorError error) : Exception(error.Text)
{
    public KontorError Error => error;
}
