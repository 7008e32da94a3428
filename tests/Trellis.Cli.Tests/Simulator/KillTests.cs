using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Trellis.Core.Numerics;

namespace Trellis.Cli.Tests.Simulator;

/// <summary>Kills the real process while clients trade, and asks the next one for everything that was acknowledged.</summary>
public sealed class KillTests : IDisposable
{
    private const int Traders = 4;

    private readonly CommandLine _line = new();
    private readonly DeterministicRandom _random = new(20_261_125);
    private readonly ConcurrentDictionary<string, JsonElement> _placed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _canceled = new(StringComparer.Ordinal);
    private string? _listenKey;
    private int _answers;
    private int _names;

    /// <summary>How many kills: <c>TRELLIS_KILLS</c>, or five.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("TRELLIS_KILLS"), CultureInfo.InvariantCulture, out var kills) && kills > 0 ? kills : 5;

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Whatever_was_acknowledged_is_there_after_a_kill_at_any_instant()
    {
        for (var round = 0; round < Kills; round++)
        {
            await using var program = await StartAsync();
            using var client = new BinanceClient(program.Address, "simulator-key", "simulator-secret");
            await CheckAsync(client);
            if (round % 10 == 9)
            {
                // An instrument takes 200 open orders.
                await client.SendAsync(HttpMethod.Delete, "/fapi/v1/allOpenOrders", "symbol=BTCUSDT");
            }

            var price = await PriceAsync(client);
            var killAfter = Volatile.Read(ref _answers) + 10 + (int)(_random.NextBits() % 40);
            using var killed = new CancellationTokenSource();
            var traders = Enumerable.Range(0, Traders).Select(_ => TradeAsync(client, price, killed.Token)).ToList();
            while (Volatile.Read(ref _answers) < killAfter && !traders.TrueForAll(trader => trader.IsCompleted))
            {
                await Task.Yield();
            }

            await program.KillAsync();
            await killed.CancelAsync();
            await Task.WhenAll(traders);
        }

        await using var last = await StartAsync();
        using var final = new BinanceClient(last.Address, "simulator-key", "simulator-secret");
        await CheckAsync(final);
        _placed.Count.ShouldBeGreaterThan(Kills * 5);
        _canceled.ShouldNotBeEmpty();
        (await last.TerminateAsync()).ShouldBe(143);
        await using var again = await StartAsync();
        using var afterCleanStop = new BinanceClient(again.Address, "simulator-key", "simulator-secret");
        await CheckAsync(afterCleanStop);
    }

    private Task<SimulatorProcess> StartAsync() =>
        SimulatorProcess.StartAsync(_line.PathOf("ready.json"), "--state", _line.PathOf("exchange.state"), "--instrument", "BTCUSDT", "--balance", "USDT=1000000");

    private static async Task<decimal> PriceAsync(BinanceClient client)
    {
        var answer = await client.SendAsync(HttpMethod.Get, "/fapi/v1/premiumIndex", "symbol=BTCUSDT");
        return decimal.Floor(decimal.Parse(answer.GetProperty("markPrice").GetString()!, CultureInfo.InvariantCulture) * 0.97m);
    }

    private async Task TradeAsync(BinanceClient client, decimal price, CancellationToken killed)
    {
        while (!killed.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _names);
            var name = $"kill-{number}";
            var terms = number % 5 == 0 ? "type=MARKET&side=BUY" : $"type=LIMIT&side=BUY&timeInForce=GTC&price={price - (number % 50)}";
            var answer = await client.TrySendAsync(HttpMethod.Post, "/fapi/v1/order", $"symbol=BTCUSDT&{terms}&quantity=0.003&newClientOrderId={name}&newOrderRespType=RESULT");
            if (answer is null)
            {
                return;
            }

            answer.Value.TryGetProperty("orderId", out _).ShouldBeTrue(answer.Value.ToString());
            _placed[name] = answer.Value;
            Interlocked.Increment(ref _answers);
            if (number % 5 is 1 or 2 && await client.TrySendAsync(HttpMethod.Delete, "/fapi/v1/order", $"symbol=BTCUSDT&origClientOrderId={name}") is { } canceled)
            {
                canceled.GetProperty("status").GetString().ShouldBe("CANCELED");
                _canceled[name] = true;
                Interlocked.Increment(ref _answers);
            }
        }
    }

    // Page by page, from an id on.
    private static async Task<List<JsonElement>> AllAsync(BinanceClient client, string path, string parameter, string id)
    {
        const int Page = 500;
        var all = new List<JsonElement>();
        while (true)
        {
            var from = all.Count == 0 ? 1 : all[^1].GetProperty(id).GetInt64() + 1;
            var page = (await client.SendAsync(HttpMethod.Get, path, $"symbol=BTCUSDT&limit={Page}&{parameter}={from}")).EnumerateArray().ToList();
            all.AddRange(page);
            if (page.Count < Page)
            {
                return all;
            }
        }
    }

    private async Task CheckAsync(BinanceClient client)
    {
        var listenKey = (await client.SendAsync(HttpMethod.Post, "/fapi/v1/listenKey", "a=1")).GetProperty("listenKey").GetString();
        listenKey.ShouldBe(_listenKey ?? listenKey);
        _listenKey = listenKey;

        var orders = (await AllAsync(client, "/fapi/v1/allOrders", "orderId", "orderId"))
            .ToDictionary(order => order.GetProperty("clientOrderId").GetString()!, StringComparer.Ordinal);
        var position = 0m;
        foreach (var (name, placed) in _placed)
        {
            var order = orders.GetValueOrDefault(name);
            order.ValueKind.ShouldBe(JsonValueKind.Object, $"{name} is gone");
            order.GetProperty("orderId").GetInt64().ShouldBe(placed.GetProperty("orderId").GetInt64());
            var status = placed.GetProperty("status").GetString();
            if (status == "FILLED")
            {
                order.GetRawText().ShouldContain(placed.GetProperty("avgPrice").GetString()!);
            }

            if (_canceled.ContainsKey(name))
            {
                order.GetProperty("status").GetString().ShouldBe("CANCELED");
            }
        }

        foreach (var order in orders.Values)
        {
            position += decimal.Parse(order.GetProperty("executedQty").GetString()!, CultureInfo.InvariantCulture);
        }

        var risk = (await client.SendAsync(HttpMethod.Get, "/fapi/v3/positionRisk", "symbol=BTCUSDT")).EnumerateArray().ToList();
        risk.Sum(entry => decimal.Parse(entry.GetProperty("positionAmt").GetString()!, CultureInfo.InvariantCulture)).ShouldBe(position);
        (await AllAsync(client, "/fapi/v1/userTrades", "fromId", "id")).Sum(trade => decimal.Parse(trade.GetProperty("qty").GetString()!, CultureInfo.InvariantCulture)).ShouldBe(position);
    }
}
