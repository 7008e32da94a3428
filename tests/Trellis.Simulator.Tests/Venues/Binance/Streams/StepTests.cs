using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Trellis.Simulator.Markets;
using Trellis.Simulator.Tests.Markets;
using Trellis.Simulator.Venues.Binance;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

/// <summary>A market that goes candle by candle, over a real socket.</summary>
public sealed class StepTests
{
    private const string ControlToken = "step";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_candle_is_closed_on_the_stream_before_the_next_one_passes()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(
            new SimulatorOptions
            {
                EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
                OpenVenue = static context => new BinanceVenue(context),
                Accounts = [new SimulatedAccount("main", "key", "secret", 10_000m)],
                Market = SomeMarket.Options with { Instruments = ["BTCUSDT"], HistoryMinutes = 5, Speed = MarketSpeed.Step },
                ControlToken = ControlToken,
                Program = "test",
            },
            TimeProvider.System,
            static _ => { });
        using var control = new HttpClient { BaseAddress = new Uri($"http://{simulator.EndPoint}/sim/") };
        control.DefaultRequestHeaders.Add("X-Sim-Token", ControlToken);
        await PostAsync(control, "pause", "");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{simulator.EndPoint}/market/ws/btcusdt@kline_1m"), Token);

        for (var candle = 0; candle < 5; candle++)
        {
            var open = (await StateAsync(control)).GetProperty("candle_open").GetInt64();
            await PostAsync(control, "step", """{"candles":1}""");

            var closed = await ClosedAsync(socket);

            (closed.GetProperty("t").GetInt64(), (await StateAsync(control)).GetProperty("candles_passed").GetInt64()).ShouldBe((open, candle + 1));
        }
    }

    /// <summary>The next candle that the stream calls closed.</summary>
    private static async Task<JsonElement> ClosedAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4_096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
            var kline = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, received.Count)).GetProperty("k");
            if (kline.GetProperty("x").GetBoolean())
            {
                return kline;
            }
        }
    }

    private static async Task<JsonElement> StateAsync(HttpClient control) => JsonSerializer.Deserialize<JsonElement>(await control.GetStringAsync(new Uri("state", UriKind.Relative), Token));

    private static async Task PostAsync(HttpClient control, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        using var answer = await control.PostAsync(new Uri(path, UriKind.Relative), content, Token);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
    }
}
