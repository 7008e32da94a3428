using System.Text.Json;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>What came of a request.</summary>
/// <param name="Kind">Accepted: it was done; the answer is the body.</param>
/// <param name="Code">The exchange's error code; 0 for none.</param>
/// <param name="Text">The exchange's words, or what went wrong.</param>
/// <param name="IsTransient">Whether the same question may be answered a moment later.</param>
internal sealed record WireAnswer(AnswerKind Kind, RefusalKind Refusal, int Code, string Text, TimeSpan RetryAfter = default, bool IsTransient = false)
{
    public JsonElement Body { get; init; }

    public static WireAnswer Accepted(JsonElement body) => new(AnswerKind.Accepted, RefusalKind.Other, 0, "") { Body = body };

    public static WireAnswer Unknown(string text) => new(AnswerKind.Unknown, RefusalKind.Other, 0, text, IsTransient: true);

    public static WireAnswer NotSent(RefusalKind refusal, string text, TimeSpan retryAfter) => new(AnswerKind.NotSent, refusal, 0, text, retryAfter);

    /// <summary>The outcome of a trade that tells no order.</summary>
    public PlaceAnswer ToPlaceAnswer() => new(Kind, Refusal, null, Text, (long)Math.Ceiling(RetryAfter.TotalMilliseconds));
}
