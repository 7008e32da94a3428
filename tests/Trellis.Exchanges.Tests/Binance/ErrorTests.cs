using System.Net;
using System.Text;
using System.Text.Json;
using Trellis.Core.Trading.Inputs;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>What errors of the exchange mean.</summary>
public sealed class ErrorTests
{
    private static readonly Dictionary<string, (AnswerKind Kind, RefusalKind Refusal)> Cases = new(StringComparer.Ordinal)
    {
        ["rate limit (IP weight)"] = (AnswerKind.Refused, RefusalKind.RateLimited),
        ["IP ban"] = (AnswerKind.Refused, RefusalKind.RateLimited),
        ["order count limit"] = (AnswerKind.Refused, RefusalKind.RateLimited),
        ["timestamp outside recvWindow"] = (AnswerKind.Refused, RefusalKind.Other),
        ["timestamp ahead of server"] = (AnswerKind.Refused, RefusalKind.Other),
        ["bad signature"] = (AnswerKind.Refused, RefusalKind.NotAllowed),
        ["bad api key format"] = (AnswerKind.Refused, RefusalKind.NotAllowed),
        ["unknown key / ip / permission"] = (AnswerKind.Refused, RefusalKind.NotAllowed),
        ["missing parameter"] = (AnswerKind.Refused, RefusalKind.Other),
        ["too many decimals"] = (AnswerKind.Refused, RefusalKind.BreaksRules),
        ["invalid order type"] = (AnswerKind.Refused, RefusalKind.Other),
        ["invalid symbol"] = (AnswerKind.Refused, RefusalKind.Other),
        ["cancel unknown order"] = (AnswerKind.Refused, RefusalKind.UnknownOrder),
        ["query unknown order"] = (AnswerKind.Refused, RefusalKind.UnknownOrder),
        ["insufficient margin"] = (AnswerKind.Refused, RefusalKind.InsufficientMargin),
        ["stop would trigger at once"] = (AnswerKind.Refused, RefusalKind.WouldTriggerAtOnce),
        ["reduce only refused"] = (AnswerKind.Refused, RefusalKind.NothingToReduce),
        ["price not on tick"] = (AnswerKind.Refused, RefusalKind.BreaksRules),
        ["quantity too small"] = (AnswerKind.Refused, RefusalKind.BreaksRules),
        ["quantity above maximum"] = (AnswerKind.Refused, RefusalKind.BreaksRules),
        ["margin type unchanged"] = (AnswerKind.Refused, RefusalKind.Other),
        ["position mode unchanged"] = (AnswerKind.Refused, RefusalKind.Other),
        ["wrong positionSide"] = (AnswerKind.Refused, RefusalKind.NotAllowed),
        ["duplicate client id (USD-M)"] = (AnswerKind.Refused, RefusalKind.DuplicateClientOrderId),
        ["stop type on the old endpoint"] = (AnswerKind.Refused, RefusalKind.Other),
        ["percent price (market order)"] = (AnswerKind.Refused, RefusalKind.Other),
        ["minimum notional"] = (AnswerKind.Refused, RefusalKind.BreaksRules),
        ["FOK not filled"] = (AnswerKind.Refused, RefusalKind.Other),
        ["post only would take (USD-M)"] = (AnswerKind.Refused, RefusalKind.WouldTake),
        ["modify without a change"] = (AnswerKind.Refused, RefusalKind.Other),
        ["overload"] = (AnswerKind.Refused, RefusalKind.RateLimited),
        ["execution unknown"] = (AnswerKind.Unknown, RefusalKind.Other),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recorded_error_has_its_kind(string name)
    {
        var recorded = Fixtures.Read("binance/errors.json").EnumerateArray().Single(error => error.GetProperty("case").GetString() == name);

        var answer = Read(recorded.GetProperty("http").GetInt32(), recorded.GetProperty("body").GetRawText());

        (answer.Kind, answer.Refusal).ShouldBe(Cases[name]);
        answer.Text.ShouldContain(recorded.GetProperty("body").GetProperty("msg").GetString()!);
    }

    [Fact]
    public void Every_recorded_error_of_futures_is_judged() =>
        Fixtures.Read("binance/errors.json").EnumerateArray().Select(error => error.GetProperty("case").GetString()!)
            .Where(name => !name.StartsWith("spot", StringComparison.Ordinal))
            .ShouldBe(Cases.Keys, ignoreOrder: true);

    [Theory]
    [InlineData(503, """{"code":-1001,"msg":"Internal error; unable to process your request. Please try again."}""", AnswerKind.Refused)]
    [InlineData(503, """{"code":0,"msg":"Service Unavailable."}""", AnswerKind.Refused)]
    [InlineData(503, "Service Unavailable.", AnswerKind.Refused)]
    [InlineData(503, """{"code":-1000,"msg":"Unknown error, please check your request or try again later."}""", AnswerKind.Unknown)]
    [InlineData(503, "", AnswerKind.Unknown)]
    [InlineData(503, "<html>503 Service Temporarily Unavailable</html>", AnswerKind.Unknown)]
    [InlineData(500, """{"code":-2019,"msg":"Margin is insufficient."}""", AnswerKind.Unknown)]
    [InlineData(502, "<html>Bad Gateway</html>", AnswerKind.Unknown)]
    [InlineData(504, "", AnswerKind.Unknown)]
    [InlineData(408, """{"code":-1007,"msg":"Timeout waiting for response from backend server."}""", AnswerKind.Unknown)]
    [InlineData(400, """{"code":-1006,"msg":"An unexpected response was received from the message bus. Execution status unknown."}""", AnswerKind.Unknown)]
    [InlineData(400, "not json", AnswerKind.Unknown)]
    [InlineData(400, "[]", AnswerKind.Unknown)]
    [InlineData(200, """{"orderId":1""", AnswerKind.Unknown)]
    [InlineData(200, "", AnswerKind.Unknown)]
    [InlineData(200, "{}", AnswerKind.Accepted)]
    [InlineData(403, "<html>firewall</html>", AnswerKind.Refused)]
    public void Only_an_explicit_refusal_is_one(int http, string body, AnswerKind expected) => Read(http, body).Kind.ShouldBe(expected);

    [Fact]
    public void A_ban_that_names_its_end_is_kept_until_then()
    {
        var answer = Read(418, """{"code":-1003,"msg":"Way too many requests; IP(1.2.3.4) banned until 1615183669840. Please use the websocket."}""", now: 1_615_183_600_000);

        answer.RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(69_840));
    }

    [Theory]
    [InlineData("""{"code":-2022,"msg":"ReduceOnly Order is rejected."}""", AnswerKind.Refused, RefusalKind.NothingToReduce)]
    [InlineData("""{"code":"-2022","msg":7}""", AnswerKind.Refused, RefusalKind.NothingToReduce)]
    [InlineData("""{"code":-1007,"msg":"Timeout"}""", AnswerKind.Unknown, RefusalKind.Other)]
    [InlineData("""{"orderId":7}""", AnswerKind.Accepted, RefusalKind.Other)]
    public void An_element_of_a_batch_has_its_own_outcome(string element, AnswerKind kind, RefusalKind refusal)
    {
        var answer = AnswerReader.Element(JsonDocument.Parse(element).RootElement);

        (answer.Kind, answer.Refusal).ShouldBe((kind, refusal));
    }

    private static WireAnswer Read(int http, string body, long now = 0)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)http);
        return AnswerReader.Read(response.StatusCode, response.Headers, Encoding.UTF8.GetBytes(body), now);
    }
}
