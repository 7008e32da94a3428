using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Trellis.Core.Trading.Inputs;
using Trellis.Exchanges.Binance.Json;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>
/// Reads what came of a request. Only an explicit refusal is one: an answer that can't be read, a server's failure and words such as
/// "execution status unknown" leave the outcome open.
/// </summary>
internal static class AnswerReader
{
    private const int MostText = 300;
    private const long LongestBan = 3 * 86_400_000L;

    /// <summary>The words of a 503 with which Binance says that nothing was done (General Info, "HTTP Return Codes").</summary>
    private static readonly string[] NotDone = ["Service Unavailable", "Internal error; unable to process your request"];

    /// <param name="now">The exchange's clock, for bans that name their end.</param>
    public static WireAnswer Read(HttpStatusCode status, HttpResponseHeaders headers, ReadOnlyMemory<byte> body, long now)
    {
        if ((int)status is >= 200 and < 300)
        {
            return TryParse(body, out var answer)
                ? WireAnswer.Accepted(answer)
                : WireAnswer.Unknown($"HTTP {(int)status} with an answer that can't be read: {Shown(body.Span)}");
        }

        var (code, words) = Error(body);
        var text = words.Length == 0 ? $"HTTP {(int)status}: {Shown(body.Span)}" : code == 0 ? $"HTTP {(int)status}: {words}" : $"{code} {words}";
        var wait = RetryAfter(headers, words, now);
        return (int)status switch
        {
            418 or 429 => new WireAnswer(AnswerKind.Refused, RefusalKind.RateLimited, code, text, wait),
            // The firewall in front of the exchange; the law of the land.
            403 => new WireAnswer(AnswerKind.Refused, RefusalKind.RateLimited, code, text, wait),
            451 => new WireAnswer(AnswerKind.Refused, RefusalKind.NotAllowed, code, text),
            503 when code is -1008 or -1016 => Refused(code, text) with { RetryAfter = wait, IsTransient = true },
            503 when code is 0 or -1001 && NotDone.Any(start => words.StartsWith(start, StringComparison.OrdinalIgnoreCase)) =>
                new WireAnswer(AnswerKind.Refused, RefusalKind.Other, code, text, wait, IsTransient: true),
            408 or >= 500 => new WireAnswer(AnswerKind.Unknown, RefusalKind.Other, code, text, wait, IsTransient: true),
            _ when code == 0 => new WireAnswer(AnswerKind.Unknown, RefusalKind.Other, 0, text),
            _ when ErrorCodes.LeavesOutcomeOpen(code) => new WireAnswer(AnswerKind.Unknown, RefusalKind.Other, code, text, IsTransient: true),
            _ => Refused(code, text),
        };
    }

    /// <summary>One element of a batch: an order, or an error in its place.</summary>
    public static WireAnswer Element(JsonElement element)
    {
        if (element.WholeOrZero("code") is < 0 and >= int.MinValue and var code)
        {
            var number = (int)code;
            var text = $"{number} {element.TextOrEmpty("msg")}".TrimEnd();
            return ErrorCodes.LeavesOutcomeOpen(number) ? new WireAnswer(AnswerKind.Unknown, RefusalKind.Other, number, text) : Refused(number, text);
        }

        return WireAnswer.Accepted(element);
    }

    private static WireAnswer Refused(int code, string text) => new(AnswerKind.Refused, ErrorCodes.KindOf(code), code, text);

    private static bool TryParse(ReadOnlyMemory<byte> body, out JsonElement answer)
    {
        if (!WireText.IsReadable(body.Span))
        {
            answer = default;
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            answer = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            answer = default;
            return false;
        }
    }

    private static (int Code, string Words) Error(ReadOnlyMemory<byte> body)
    {
        if (!TryParse(body, out var error))
        {
            // The exchange's own services say "Service Unavailable." in plain text, proxies in pages of their own.
            var text = Shown(body.Span);
            return (0, text.StartsWith('<') ? "" : text);
        }

        var code = 0;
        if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number)
        {
            number.TryGetInt32(out code);
        }

        return error.ValueKind == JsonValueKind.Object && error.TryGetProperty("msg", out var words) && words.ValueKind == JsonValueKind.String
            ? (code, words.GetString() ?? "")
            : (code, "");
    }

    private static TimeSpan RetryAfter(HttpResponseHeaders headers, string words, long now)
    {
        const string Ban = "banned until ";
        if (headers.RetryAfter?.Delta is { } delta)
        {
            return delta;
        }

        var at = words.IndexOf(Ban, StringComparison.Ordinal);
        if (at < 0)
        {
            return TimeSpan.Zero;
        }

        var digits = words.AsSpan(at + Ban.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            ? TimeSpan.FromMilliseconds(Math.Clamp(until - now, 0, LongestBan))
            : TimeSpan.Zero;
    }

    private static string Shown(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MostText)]).ReplaceLineEndings(" ").Trim();
        return text.Length == 0 ? "nothing" : text;
    }
}
