using System.Net.Http.Headers;
using System.Text;
using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Venues.Binance.Requests;
using Trellis.Simulator.Venues.Binance.Signing;

namespace Trellis.Simulator.Tests.Venues.Binance;

public sealed class SignatureTests
{
    private const string Account = "/fapi/v3/balance";

    [Fact]
    public void The_vectors_of_the_real_exchange_are_accepted()
    {
        var seen = 0;
        foreach (var vector in Fixtures.Read("signature_vectors.json").GetProperty("vectors").EnumerateArray())
        {
            if (vector.GetProperty("exchange").GetString() != "binance"
                || vector.GetProperty("algorithm").GetString() != "HMAC-SHA256"
                || vector.GetProperty("verified").GetProperty("node") is not { ValueKind: System.Text.Json.JsonValueKind.True })
            {
                continue;
            }

            var key = new ApiKey(new ApiCredential("k", vector.GetProperty("secret").GetString()!, "", new AccountId(1)));
            var text = Encoding.UTF8.GetBytes(vector.GetProperty("string_to_sign").GetString()!);
            var expected = vector.GetProperty("expected").GetString()!;
            key.Signed(text, expected).ShouldBeTrue(vector.GetProperty("id").GetString());
            key.Signed(text, expected.ToUpperInvariant()).ShouldBeTrue(vector.GetProperty("id").GetString());
            key.Signed([.. text, (byte)' '], expected).ShouldBeFalse();
            seen++;
        }

        seen.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void The_signed_text_is_query_and_body_without_their_signature()
    {
        var parameters = new Parameters();
        FormReader.Read("a=1&b=%E2%82%AC&signature=ff"u8, parameters).ShouldBe("a=1&b=%E2%82%AC".Length);
        parameters.Find("b").ShouldBe("€");
        FormReader.Read("signature=ff"u8, new Parameters()).ShouldBe(0);
        FormReader.Read(""u8, new Parameters()).ShouldBe(0);
        FormReader.Read("&&a=1&"u8, new Parameters()).ShouldBe("&&a=1&".Length);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("body")]
    [InlineData("signature in the body")]
    [InlineData("upper case")]
    public async Task A_signature_counts_wherever_it_stands(string where)
    {
        await using var host = await BinanceHost.StartAsync();
        var (query, body) = ($"symbol=BTCUSDT&timestamp={host.Time.Milliseconds}", "leverage=7");
        var signed = where switch
        {
            "query" => (Query: query + "&" + body, Body: ""),
            "body" => (Query: "", Body: query + "&" + body),
            _ => (Query: query, Body: body),
        };
        var signature = BinanceClient.Sign("secret-of-trader", signed.Query + signed.Body);
        signature = where == "upper case" ? signature.ToUpperInvariant() : signature;
        var (sentQuery, sentBody) = where == "query"
            ? (signed.Query + "&signature=" + signature, (string?)null)
            : (signed.Query, signed.Body + "&signature=" + signature);

        var answer = await host.Trader.SendAsync(HttpMethod.Post, "/fapi/v1/leverage", sentQuery, sentBody);

        answer.Done()["leverage"].ShouldBe("7");
    }

    [Fact]
    public async Task A_signature_in_the_query_covers_the_body_too()
    {
        await using var host = await BinanceHost.StartAsync();
        var query = $"symbol=BTCUSDT&timestamp={host.Time.Milliseconds}";
        var signature = BinanceClient.Sign("secret-of-trader", query + "leverage=7");

        (await host.Trader.SendAsync(HttpMethod.Post, "/fapi/v1/leverage", $"{query}&signature={signature}", "leverage=7")).Done();
        (await host.Trader.SendAsync(HttpMethod.Post, "/fapi/v1/leverage", $"{query}&signature={signature}", "leverage=8")).ShouldBeRefused(400, -1022);
    }

    [Fact]
    public async Task What_the_query_says_wins_over_the_body()
    {
        await using var host = await BinanceHost.StartAsync();
        var query = $"leverage=9&timestamp={host.Time.Milliseconds}";
        var body = "symbol=BTCUSDT&leverage=3";
        var signature = BinanceClient.Sign("secret-of-trader", query + body);

        (await host.Trader.SendAsync(HttpMethod.Post, "/fapi/v1/leverage", query, $"{body}&signature={signature}")).Done()["leverage"].ShouldBe("9");
    }

    [Fact]
    public async Task Get_takes_nothing_from_the_body()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.FormAsync(HttpMethod.Get, Account)).ShouldBeRefused(400, -1102);
        (await host.Trader.SignedAsync(HttpMethod.Get, Account)).Done();
    }

    [Theory]
    [InlineData("", -2014)]
    [InlineData("not-a-key", -2014)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", -2015)]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012!", -2014)]
    public async Task A_key_that_nobody_has_is_unauthorized(string key, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.SendAsync(HttpMethod.Get, Account, host.Trader.Signed(), null, withKey: key)).ShouldBeRefused(401, code);
    }

    [Fact]
    public async Task A_key_that_may_not_trade_may_look()
    {
        await using var host = await BinanceHost.StartAsync();
        var reader = host.Client("reader");
        (await reader.SignedAsync(HttpMethod.Get, Account)).Done();
        (await reader.OrderAsync()).ShouldBeRefused(401, -2015);
        (await reader.SignedAsync(HttpMethod.Post, "/fapi/v1/leverage", "symbol=BTCUSDT", "leverage=3")).ShouldBeRefused(401, -2015);
        (await reader.SignedAsync(HttpMethod.Get, "/sapi/v1/account/apiRestrictions")).Done()["enableFutures"].ShouldBe("false");
    }

    [Theory]
    [InlineData("symbol=BTCUSDT&signature=00&timestamp=1", -1022)]
    [InlineData("signature=zz", -1102)]
    [InlineData("timestamp=1", -1102)]
    [InlineData("signature=00&signature=00", -1022)]
    public async Task A_signature_that_is_wrong_or_not_last_is_refused(string query, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.SendAsync(HttpMethod.Get, Account, query, null)).ShouldBeRefused(400, code);
    }

    [Theory]
    [InlineData(999, null, 0)]
    [InlineData(1000, null, -1021)]
    [InlineData(-5000, null, 0)]
    [InlineData(-5001, null, -1021)]
    [InlineData(-59_000, "recvWindow=60000", 0)]
    [InlineData(-101, "recvWindow=100", -1021)]
    [InlineData(0, "recvWindow=x", -1130)]
    public async Task A_request_is_good_for_a_short_while(long skew, string? window, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        host.Trader.Skew = skew;
        var answer = await host.Trader.SignedAsync(HttpMethod.Get, Account, window is null ? [] : [window]);
        (answer.Http, answer.Json.ValueKind == System.Text.Json.JsonValueKind.Array ? 0 : answer.Code).ShouldBe((code == 0 ? 200 : 400, code));
    }

    [Fact]
    public async Task A_body_may_come_in_pieces()
    {
        await using var host = await BinanceHost.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{host.Server.EndPoint}/fapi/v1/leverage");
        request.Headers.Add("X-MBX-APIKEY", host.Trader.Key);
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StringContent(host.Trader.Signed("symbol=BTCUSDT", "leverage=11"), Encoding.UTF8, MediaTypeHeaderValue.Parse("text/plain"));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"leverage\":11");
    }
}
