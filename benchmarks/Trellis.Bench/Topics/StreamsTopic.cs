using System.Net;
using System.Net.Sockets;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Bench.Streams;

namespace Trellis.Bench.Topics;

/// <summary>Market data to many subscribers at once, some of whom do not read.</summary>
internal sealed class StreamsTopic : ITopic
{
    private const int Subscribers = 500;
    private const int SlowReaders = 20;
    private const int Symbols = 10;
    private const double LeastFramesPerSecond = 50_000;
    private const double MostGrowth = 0.05;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    public string Name => "streams";

    public string Summary => $"the exchange simulator's streams: {Subscribers} subscribers, frames a second, memory, readers that do not read";

    public void Run(bool quick, TextWriter output) => RunAsync(quick ? TimeSpan.FromSeconds(15) : TimeSpan.FromSeconds(60), output).GetAwaiter().GetResult();

    private static async Task RunAsync(TimeSpan length, TextWriter output)
    {
        await using var server = await StreamServer.StartAsync(Symbols);
        // Of every symbol twelve frames a second: 120 to each subscriber.
        var streams = string.Join('/', Enumerable.Range(0, Symbols).SelectMany(symbol => new[] { $"{StreamServer.NameOf(symbol)}@depth@100ms", $"{StreamServer.NameOf(symbol)}@depth5@500ms" }));
        var readers = await ConnectAsync(server.EndPoint, Subscribers, $"/public/ws/{streams}");
        var reading = readers.Select(reader => reader.ReadAsync()).ToArray();
        var slow = await ConnectAsync(server.EndPoint, SlowReaders, $"/public/ws/{streams}");
        await Task.Delay(WarmUp);

        var before = Snapshot(readers);
        await Task.Delay(length);
        var after = Snapshot(readers);
        var connected = server.Connections;
        var queued = server.QueuedFrames;
        var bare = await BareAsync((int)((after.Bytes - before.Bytes) / Math.Max(1, after.Frames - before.Frames)));

        var clock = after.Clock - before.Clock;
        var frames = after.Frames - before.Frames;
        var perSecond = frames / clock.Wall * 1e9;
        var growth = (after.WorkingSet - before.WorkingSet) / before.WorkingSet;
        var table = new Table(1, "what", "figure", "budget", "");
        table.Add("frames a second, over all subscribers", Text.Count(perSecond), $"≥ {Text.Count(LeastFramesPerSecond)}", Text.Verdict(LeastFramesPerSecond, perSecond));
        table.Add("bytes a frame", Text.Number((after.Bytes - before.Bytes) / (double)frames), "", "");
        table.Add("CPU a frame, server and clients together", Text.Time(clock.Process / frames), "", "");
        table.Add("baseline: CPU a frame over a bare socket, one write each", Text.Time(bare), "", "");
        table.Add("cores busy", Text.Number(clock.Process / clock.Wall), "≤ 2", Text.Verdict(clock.Process / clock.Wall, 2));
        table.Add("memory of the process before", Text.Bytes(before.WorkingSet), "", "");
        table.Add("memory of the process after", Text.Bytes(after.WorkingSet), "+5 %", Text.Verdict(Math.Max(0, growth), MostGrowth));
        table.Add("managed memory before and after", $"{Text.Bytes(before.Managed)} → {Text.Bytes(after.Managed)}", "", "");
        table.Add("subscribers still served", Text.Count(readers.Count(reader => !reader.IsEnded)), Text.Count(Subscribers), Text.Verdict(readers.Count(reader => reader.IsEnded), 1));
        table.Add("readers that do not read, dropped", Text.Count(SlowReaders - (connected - Subscribers)), Text.Count(SlowReaders), "");
        table.Add("frames waiting at the end", Text.Count(queued), "", "");
        table.Print(output);
        output.WriteLine(
            $"{length.TotalSeconds:0} seconds after {WarmUp.TotalSeconds:0} of warming up. Clients run in the same process and only count frames; their memory and CPU are in the figures. " +
            "Memory is asked after a full collection.");
        foreach (var client in readers.Concat(slow))
        {
            client.Dispose();
        }

        await Task.WhenAll(reading);
    }

    private static async Task<StreamSubscriber[]> ConnectAsync(IPEndPoint server, int count, string target)
    {
        var clients = new StreamSubscriber[count];
        for (var i = 0; i < count; i++)
        {
            clients[i] = new StreamSubscriber();
            await clients[i].ConnectAsync(server, target);
        }

        return clients;
    }

    private static State Snapshot(StreamSubscriber[] readers)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return new State(Clock.Now(), readers.Sum(reader => reader.Frames), readers.Sum(reader => reader.Bytes), Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false));
    }

    /// <summary>Nanoseconds of CPU that sending and receiving a message takes without any server: what is left to save.</summary>
    private static async Task<double> BareAsync(int bytes)
    {
        const int Messages = 100_000;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var accepted = await listener.AcceptSocketAsync();
        var reading = Task.Run(async () =>
        {
            var buffer = new byte[64 << 10];
            for (var left = (long)Messages * bytes; left > 0; left -= await accepted.ReceiveAsync(buffer))
            {
                // Only the way counts.
            }
        });
        var message = new byte[bytes];
        var start = Clock.Now();
        for (var i = 0; i < Messages; i++)
        {
            await client.Client.SendAsync(message);
        }

        await reading;
        return (Clock.Now() - start).Process / Messages;
    }

    private readonly record struct State(Clock Clock, long Frames, long Bytes, double WorkingSet, double Managed);
}
