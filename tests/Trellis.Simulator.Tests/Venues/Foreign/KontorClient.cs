using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>What Kontor answered.</summary>
internal sealed record KontorAnswer(int Http, JsonObject Json)
{
    public JsonNode Data => Http == 200 ? Json["data"]! : throw new InvalidOperationException($"{Http}: {Json}");

    public string Fault => $"{Http} {Json["fault"]?["name"]}";
}

/// <summary>A client written for Kontor alone, over real sockets.</summary>
internal sealed class KontorClient(string address, string access, string secret, string pass) : IDisposable
{
    private readonly HttpClient _http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    public async Task<string> PlaceAsync(string way, long contracts, decimal? limit = null, string? tag = null) => $"{(await TryPlaceAsync(way, contracts, limit, tag)).Data["ref"]}";

    public Task<KontorAnswer> TryPlaceAsync(string way, decimal contracts, decimal? limit = null, string? tag = null)
    {
        var order = new JsonObject { ["contract"] = KontorListings.Contract, ["way"] = way, ["contracts"] = contracts };
        if (limit is { } price)
        {
            order["limit"] = price;
        }

        if (tag is not null)
        {
            order["tag"] = tag;
        }

        return SendAsync(HttpMethod.Post, "/orders", order.ToJsonString());
    }

    public async Task<KontorAnswer> SendAsync(HttpMethod method, string path, string body = "", string? sign = null)
    {
        var time = TimeProvider.System.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(method, $"http://{address}{KontorVenue.Prefix}{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("K-Access", access);
        request.Headers.Add("K-Pass", pass);
        request.Headers.Add("K-Time", time);
        request.Headers.Add("K-Sign", sign ?? KontorGate.Sign(secret, time, method.Method + path + body));
        using var answer = await _http.SendAsync(request, Token);
        return new KontorAnswer((int)answer.StatusCode, JsonSerializer.Deserialize<JsonObject>(await answer.Content.ReadAsStringAsync(Token))!);
    }

    /// <summary>A connection that is logged in and has joined rooms.</summary>
    public async Task<KontorListener> ListenAsync(params IReadOnlyList<string> rooms)
    {
        var listener = new KontorListener();
        await listener.Socket.ConnectAsync(new Uri($"ws://{address}{KontorVenue.Prefix}/feed"), Token);
        var time = TimeProvider.System.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        await listener.SayAsync(new JsonObject { ["do"] = "login", ["access"] = access, ["pass"] = pass, ["time"] = time, ["sign"] = KontorGate.Sign(secret, time, "login") });
        $"{(await listener.HearAsync())["said"]}".ShouldBe("logged-in");
        foreach (var room in rooms)
        {
            await listener.SayAsync(new JsonObject { ["do"] = "join", ["room"] = room });
            $"{(await listener.HearAsync())["said"]}".ShouldBe("joined");
        }

        return listener;
    }
}

/// <summary>The client's end of a feed.</summary>
internal sealed class KontorListener : IDisposable
{
    public ClientWebSocket Socket { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Socket.Dispose();

    public Task SayAsync(JsonObject words) => Socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(words), WebSocketMessageType.Text, true, Token);

    /// <summary>The next message.</summary>
    public async Task<JsonObject> HearAsync()
    {
        var buffer = new byte[8_192];
        var received = await Socket.ReceiveAsync(buffer, Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        received.EndOfMessage.ShouldBeTrue();
        return JsonSerializer.Deserialize<JsonObject>(buffer.AsSpan(0, received.Count))!;
    }

    /// <summary>Hears until an order is in a state.</summary>
    public async Task<JsonNode> HearOrderAsync(string reference, string state)
    {
        while (true)
        {
            var data = (await HearAsync())["data"];
            if (data is JsonObject order && $"{order["ref"]}" == reference && $"{order["state"]}" == state)
            {
                return order;
            }
        }
    }
}
