using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trellis.Simulator.Tests.Venues.Binance;

public sealed class DispatchTests
{
    [Theory]
    [InlineData("fapi.binance.com", "/fapi/v1/ping", 200, 0)]
    [InlineData("FAPI.binance.com:443", "/fapi/v1/ping", 200, 0)]
    [InlineData("testnet.binancefuture.com", "/fapi/v1/ping", 200, 0)]
    [InlineData("localhost", "/fapi/v1/ping", 200, 0)]
    [InlineData("127.0.0.1:1", "/fapi/v1/ping", 200, 0)]
    [InlineData("[::1]:8790", "/fapi/v1/ping", 200, 0)]
    [InlineData("fapi.binance.com", "/api/v3/ping", 404, -5000)]
    [InlineData(null, "/fapi/v1/nowhere", 404, -5000)]
    [InlineData(null, "/fapi/v3/ping", 404, -5000)]
    [InlineData(null, "/fapi/v1/ping/", 404, -5000)]
    [InlineData("api.binance.com", "/api/v3/time", 400, -1020)]
    [InlineData("stream.binance.com:9443", "/ws/btcusdt@trade", 400, -1020)]
    [InlineData(null, "/api/v3/time", 400, -1020)]
    [InlineData("api.binance.com", "/sapi/v1/account/apiRestrictions", 400, -1102)]
    [InlineData("ws-fapi.binance.com", "/ws-fapi/v1", 404, -5000)]
    public async Task Host_and_path_say_which_service_is_meant(string? host, string path, int http, int code)
    {
        await using var server = await BinanceHost.StartAsync();
        var answer = await server.Trader.SendAsync(HttpMethod.Get, path, "", null, host);
        (answer.Http, answer.Code).ShouldBe((http, code), answer.Text);
    }

    [Theory]
    [InlineData("fapi.binance.com.evil.example", "/fapi/v1/ping")]
    [InlineData("www.okx.com", "/fapi/v1/ping")]
    [InlineData(null, "/api/v5/public/time")]
    [InlineData(null, "/ws/v5/public")]
    [InlineData(null, "/v5/market/time")]
    [InlineData(null, "/")]
    public async Task What_is_not_Binances_is_left_to_others(string? host, string path)
    {
        await using var server = await BinanceHost.StartAsync();
        (await server.Trader.SendAsync(HttpMethod.Get, path, "", null, host)).Status.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    public async Task A_method_that_a_path_does_not_have_is_refused(string method)
    {
        await using var host = await BinanceHost.StartAsync();
        var answer = await host.Trader.SendAsync(new HttpMethod(method), "/fapi/v1/time", "", null);
        answer.ShouldBeRefused(404, -5000);
        answer.Message.ShouldBe($"Path /fapi/v1/time, Method {method} is invalid");
    }

    [Theory]
    [InlineData("symbol=BTCUSDT&symbol=ETHUSDT", -1101)]
    [InlineData("symbol=%FF%FE", -1100)]
    [InlineData("symbol=%C3%28", -1100)]
    [InlineData("symbol=BTC%ZZUSDT", -1121)]
    [InlineData("symbol", -1102)]
    [InlineData("symbol=", -1102)]
    [InlineData("=BTCUSDT", -1102)]
    [InlineData("symbol=%00", -1121)]
    [InlineData("symbol=btcusdt", -1121)]
    [InlineData("symbol=BTCUSDT&limit=7", -4021)]
    [InlineData("symbol=BTCUSDT&limit=1e1", -4021)]
    public async Task Parameters_that_make_no_sense_are_refused(string query, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.GetAsync("/fapi/v1/depth", query)).ShouldBeRefused(400, code);
    }

    [Fact]
    public async Task Too_many_parameters_are_refused()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.GetAsync("/fapi/v1/depth", [.. Enumerable.Range(0, 201).Select(i => $"p{i}=1")])).ShouldBeRefused(400, -1101);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_and_the_next_request_is_served()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.SendAsync(HttpMethod.Post, "/fapi/v1/order", "", new string('a', 65 * 1024))).ShouldBeRefused(413, -1101);
        (await host.Trader.SendAsync(HttpMethod.Post, "/fapi/v1/order", "", string.Concat(Enumerable.Repeat("&a", 30 * 1024)))).ShouldBeRefused(400, -1101);
        (await host.Trader.OrderAsync()).Done();
    }

    [Theory]
    [InlineData("GET /fapi/v1/ping HTTP/1.1\r\nHost: x\u0001y\r\n\r\n")]
    [InlineData("GET /fapi/v1/ping\r\n\r\n")]
    [InlineData("POST /fapi/v1/order HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("POST /fapi/v1/order HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\nabc")]
    [InlineData("\u0000\u0001\u0002\u0003\r\n\r\n")]
    public async Task Bytes_that_are_no_request_do_no_harm(string bytes)
    {
        await using var host = await BinanceHost.StartAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(host.Server.EndPoint, TestContext.Current.CancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), TestContext.Current.CancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream);
            try
            {
                (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("500 Internal");
            }
            catch (IOException)
            {
                // Cut off, which is an answer too.
            }
        }

        (await host.Trader.GetAsync("/fapi/v1/ping")).Done();
    }
}
