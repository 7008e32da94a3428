using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Trellis.Simulator.Tests.Venues.Binance;

/// <summary>Speaks to the simulator as Binance's documentation says, sharing no code with it.</summary>
internal sealed class BinanceClient(Func<Uri> address, ManualTime time, string key, string secret)
{
    private static readonly HttpClient Http = new();

    public string Key => key;

    /// <summary>Added to the timestamp of signed requests, milliseconds.</summary>
    public long Skew { get; set; }

    public static string Sign(string secret, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    /// <summary>An unsigned request; parameters as <c>name=value</c>.</summary>
    public Task<Answer> GetAsync(string path, params string[] parameters) => SendAsync(HttpMethod.Get, path, string.Join('&', parameters), null);

    /// <summary>A signed request with its parameters in the query.</summary>
    public Task<Answer> SignedAsync(HttpMethod method, string path, params string[] parameters) => SendAsync(method, path, Signed(parameters), null);

    /// <summary>A signed request with its parameters in a form body.</summary>
    public Task<Answer> FormAsync(HttpMethod method, string path, params string[] parameters) => SendAsync(method, path, "", Signed(parameters));

    /// <summary>A request with the key and no signature.</summary>
    public Task<Answer> KeyedAsync(HttpMethod method, string path) => SendAsync(method, path, "", null);

    /// <summary>A limit order of a tenth of a bitcoin that rests below the market, unless told otherwise.</summary>
    public Task<Answer> OrderAsync(params string[] changes)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["symbol"] = BinanceHost.Bitcoin,
            ["side"] = "BUY",
            ["type"] = "LIMIT",
            ["timeInForce"] = "GTC",
            ["quantity"] = "0.1",
            ["price"] = "49000",
            ["newOrderRespType"] = "RESULT",
        };
        Change(parameters, changes);
        return SignedAsync(HttpMethod.Post, "/fapi/v1/order", Pairs(parameters));
    }

    /// <summary>A market order of a tenth of a bitcoin, unless told otherwise.</summary>
    public Task<Answer> MarketOrderAsync(params string[] changes) => OrderAsync(["type=MARKET", "timeInForce=", "price=", .. changes]);

    /// <summary>A conditional market order that stops a long position, unless told otherwise.</summary>
    public Task<Answer> AlgoAsync(params string[] changes)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["algoType"] = "CONDITIONAL",
            ["symbol"] = BinanceHost.Bitcoin,
            ["side"] = "SELL",
            ["type"] = "STOP_MARKET",
            ["quantity"] = "0.1",
            ["triggerPrice"] = "48000",
        };
        Change(parameters, changes);
        return SignedAsync(HttpMethod.Post, "/fapi/v1/algoOrder", Pairs(parameters));
    }

    /// <summary>Parameters with timestamp and signature.</summary>
    public string Signed(params string[] parameters)
    {
        var text = string.Join('&', [.. parameters, $"timestamp={time.Milliseconds + Skew}"]);
        return $"{text}&signature={Sign(secret, text)}";
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string query, string? body, string? host = null, string? withKey = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address(), query.Length == 0 ? path : $"{path}?{query}"));
        request.Headers.TryAddWithoutValidation("X-MBX-APIKEY", withKey ?? key);
        request.Headers.Host = host;
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));
    }

    private static void Change(Dictionary<string, string> parameters, string[] changes)
    {
        foreach (var change in changes)
        {
            var equals = change.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = (change[..equals], change[(equals + 1)..]);
            if (value.Length == 0)
            {
                parameters.Remove(name);
            }
            else
            {
                parameters[name] = value;
            }
        }
    }

    private static string[] Pairs(Dictionary<string, string> parameters) => [.. parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")];
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public int Http => (int)Status;

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The error's code; 0 where there is none.</summary>
    public int Code => Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("code", out var code) ? code.GetInt32() : 0;

    public string Message => Json.GetProperty("msg").GetString()!;

    public long OrderId => Json.GetProperty("orderId").GetInt64();

    /// <summary>A property as text, be it written as text or not.</summary>
    public string this[string name] => Json.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : Json.GetProperty(name).GetRawText();

    /// <summary>A property as a number, be it written as text or not.</summary>
    public decimal Number(string name) => decimal.Parse(this[name], CultureInfo.InvariantCulture);

    /// <summary>The answer, which must be no error.</summary>
    public Answer Done()
    {
        Http.ShouldBe(200, Text);
        return this;
    }

    public void ShouldBeRefused(int http, int code) => (Http, Code).ShouldBe((http, code), Text);
}
