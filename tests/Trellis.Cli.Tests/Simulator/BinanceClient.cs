using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Trellis.Cli.Tests.Simulator;

/// <summary>Signs requests as Binance's documents say, on its own, so that no reading of them is shared with the simulator.</summary>
internal sealed class BinanceClient(Uri address, string key, string secret) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>The answer, or null where there was none because the connection broke.</summary>
    public async Task<JsonElement?> TrySendAsync(HttpMethod method, string path, string parameters)
    {
        try
        {
            return await SendAsync(method, path, parameters);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string parameters)
    {
        var query = $"{parameters}&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}&recvWindow=60000";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(query)));
        using var request = new HttpRequestMessage(method, $"{path}?{query}&signature={signature}");
        request.Headers.Add("X-MBX-APIKEY", key);
        using var answer = await _http.SendAsync(request);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    public void Dispose() => _http.Dispose();
}
