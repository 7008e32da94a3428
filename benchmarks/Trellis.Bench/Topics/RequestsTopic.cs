using System.Globalization;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Bench.Requests;

namespace Trellis.Bench.Topics;

/// <summary>Signed orders over REST, placed as fast as clients can that wait for each answer.</summary>
internal sealed class RequestsTopic : ITopic
{
    private const int Clients = 16;
    private const int OrdersBetweenCancels = 100;
    private const double LeastOrdersPerSecond = 2_000;
    private const double MostNanoseconds = 20e6;

    public string Name => "requests";

    public string Summary => $"the exchange simulator's REST: signed orders a second and their latency, {Clients} clients at once";

    public void Run(bool quick, TextWriter output) => RunAsync(quick ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(15), output).GetAwaiter().GetResult();

    private static async Task RunAsync(TimeSpan length, TextWriter output)
    {
        var table = new Table(1, "what", "a second", "median", "99 of 100 within", "CPU each", "orders", "latency");
        await MeasureAsync(table, "baseline: ping, unsigned", length, null, static (client, _) => client.PingAsync(), judged: false);
        await MeasureAsync(table, "orders that rest, kept in memory", length, null, PlaceAsync, judged: true);
        using (var folder = new TemporaryFolder())
        {
            await MeasureAsync(table, "orders that rest, each on disk before its answer", length, Path.Combine(folder.Path, "exchange.state"), PlaceAsync, judged: true);
        }

        table.Print(output);
        output.WriteLine(
            $"{length.TotalSeconds:0} seconds each after {Math.Min(3, length.TotalSeconds):0} of warming up. Clients run in the same process: signing, sending and reading is in every figure. " +
            $"Every {OrdersBetweenCancels} orders a client cancels all of its own, which counts as time and not as orders.");
    }

    private static async Task MeasureAsync(Table table, string what, TimeSpan length, string? stateFile, Func<RequestClient, int, Task<bool>> send, bool judged)
    {
        await using var server = await RequestServer.StartAsync(Clients, stateFile);
        var clients = Enumerable.Range(0, Clients).Select(number => new RequestClient(number)).ToArray();
        foreach (var client in clients)
        {
            await client.ConnectAsync(server.EndPoint);
        }

        await SendAsync(clients, send, TimeSpan.FromSeconds(Math.Min(3, length.TotalSeconds)));
        var start = Clock.Now();
        var latencies = await SendAsync(clients, send, length);
        var clock = Clock.Now() - start;
        latencies.Sort();
        var perSecond = latencies.Count / clock.Wall * 1e9;
        var worst = latencies[(int)(latencies.Count * 0.99)];
        table.Add(
            what,
            Text.Count(perSecond),
            Text.Time(latencies[latencies.Count / 2]),
            Text.Time(worst),
            Text.Time(clock.Process / latencies.Count),
            judged ? Text.Verdict(LeastOrdersPerSecond, perSecond) : "",
            judged ? Text.Verdict(worst, MostNanoseconds) : "");
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    /// <summary>Nanoseconds from before signing until the answer was read.</summary>
    private static async Task<List<double>> SendAsync(RequestClient[] clients, Func<RequestClient, int, Task<bool>> send, TimeSpan length)
    {
        var end = Clock.Now().Wall + length.TotalNanoseconds;
        var lanes = clients.Select(client => Task.Run(async () =>
        {
            var latencies = new List<double>();
            for (var i = 0; Clock.Now().Wall < end; i++)
            {
                var start = TimeProvider.System.GetTimestamp();
                if (!await send(client, i))
                {
                    throw new InvalidOperationException("a request was refused");
                }

                latencies.Add(TimeProvider.System.GetElapsedTime(start).TotalNanoseconds);
                if (i % OrdersBetweenCancels == OrdersBetweenCancels - 1)
                {
                    await client.SignedAsync("DELETE", "/fapi/v1/allOpenOrders", $"symbol={RequestServer.Symbol}");
                }
            }

            await client.SignedAsync("DELETE", "/fapi/v1/allOpenOrders", $"symbol={RequestServer.Symbol}");
            return latencies;
        }));
        return [.. (await Task.WhenAll(lanes)).SelectMany(latencies => latencies)];
    }

    private static Task<bool> PlaceAsync(RequestClient client, int order) => client.SignedAsync(
        "POST",
        "/fapi/v1/order",
        string.Create(CultureInfo.InvariantCulture, $"symbol={RequestServer.Symbol}&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price={900 + (order % 90)}&newOrderRespType=RESULT"));
}
