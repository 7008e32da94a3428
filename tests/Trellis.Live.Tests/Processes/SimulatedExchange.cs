using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Trellis.Live.Tests.Processes;

/// <summary>An exchange simulator in a process of its own, with its two interfaces: the exchange's, signed, and the one that moves the market and breaks things.</summary>
internal sealed class SimulatedExchange : IAsyncDisposable
{
    public const string Key = "simulator-key";
    public const string Secret = "simulator-secret";
    public const string Symbol = "BTCUSDT";

    private const string Token = "control-token";

    private readonly TrellisProcess process;
    /// <summary>Request weight that all programs on this machine together may use before the next one begins, of 2,400 a minute: a bot's start takes some 200.</summary>
    private const int UsedAtMost = 1_300;

    private readonly HttpClient client;
    private int used;

    private SimulatedExchange(TrellisProcess process, Uri address)
    {
        this.process = process;
        Address = address;
        client = new HttpClient { BaseAddress = address, Timeout = TrellisProcess.Patience };
    }

    public Uri Address { get; }

    /// <param name="folder">For its files.</param>
    /// <param name="arguments">Of <c>exchange-sim</c>, besides port, files and token.</param>
    public static async Task<SimulatedExchange> StartAsync(string folder, params IEnumerable<string> arguments)
    {
        var ready = Path.Combine(folder, "exchange.json");
        File.Delete(ready);
        var started = TrellisProcess.Start(
            new Dictionary<string, string>(StringComparer.Ordinal),
            ["exchange-sim", "--port", "0", "--ready-file", ready, "--state", Path.Combine(folder, "exchange.state"), "--control-token", Token, .. arguments]);
        try
        {
            await Waiting.UntilAsync("the simulator is ready", TrellisProcess.Patience, () =>
                started.HasExited ? throw new InvalidOperationException($"the simulator ended: {started.Error}") : File.Exists(ready));
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(ready));
            return new SimulatedExchange(started, new Uri($"http://127.0.0.1:{document.RootElement.GetProperty("port").GetInt32()}"));
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>A signed request.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string parameters = "")
    {
        var query = $"{parameters}{(parameters.Length > 0 ? "&" : "")}timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}&recvWindow=60000";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(query)));
        using var request = new HttpRequestMessage(method, $"{path}?{query}&signature={signature}");
        request.Headers.Add("X-MBX-APIKEY", Key);
        return await AnswerAsync(request);
    }

    /// <summary>A request of the control API.</summary>
    public async Task<JsonElement> ControlAsync(HttpMethod method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(method, $"/sim/{path}");
        request.Headers.Add("X-Sim-Token", Token);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await AnswerAsync(request);
    }

    /// <summary>Waits until a bot that begins has room within the exchange's request limit, which bots that are killed again and again would use up.</summary>
    public async Task RoomAsync()
    {
        const long Minute = 60_000;
        await SendAsync(HttpMethod.Get, "/fapi/v1/time");
        while (used > UsedAtMost)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Minute + 10 - (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() % Minute)));
            await SendAsync(HttpMethod.Get, "/fapi/v1/time");
        }
    }

    /// <summary>Moves the market there, through all orders between.</summary>
    public Task MoveToAsync(decimal price) => ControlAsync(HttpMethod.Post, "price", $$"""{ "instrument": "{{Symbol}}", "price": {{price.ToString(CultureInfo.InvariantCulture)}} }""");

    public async Task<decimal> LastPriceAsync() => (await ControlAsync(HttpMethod.Get, "state")).GetProperty("instruments")[0].GetProperty("last_price").GetDecimal();

    /// <summary>What the control API says of the account.</summary>
    public Task<JsonElement> AccountAsync() => ControlAsync(HttpMethod.Get, "accounts/main");

    /// <summary>Signed size of all positions together.</summary>
    public async Task<decimal> SizeAsync() => (await AccountAsync()).GetProperty("positions").EnumerateArray().Sum(position => position.GetProperty("quantity").GetDecimal());

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
    }

    private async Task<JsonElement> AnswerAsync(HttpRequestMessage request)
    {
        using var answer = await client.SendAsync(request);
        if (answer.Headers.TryGetValues("X-MBX-USED-WEIGHT-1M", out var weights))
        {
            used = int.Parse(weights.First(), CultureInfo.InvariantCulture);
        }

        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{request.Method} {request.RequestUri!.AbsolutePath}: {(int)answer.StatusCode} {text}");
    }
}
