using System.Text;
using Trellis.Simulator.Connections;
using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Connections;

/// <summary>A connection with a client at its other end; what the client says is answered with "re: " before it.</summary>
internal sealed class ConnectionLine : IClientMessages, IAsyncDisposable
{
    private static readonly FrameFacts Facts = new("btcusdt@trade", IsUserData: false);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public ConnectionLine(ConnectionSettings? settings = null, TestFaults? faults = null, int unreadBytes = 64 << 10)
    {
        Faults = faults ?? new TestFaults();
        var (server, client) = DuplexStream.Pair(unreadBytes);
        Client = new RawClient(client);
        Connection = new ClientConnection(server, "line", new ConnectionServices(Time, Faults, Recorder, settings ?? new ConnectionSettings()));
        _running = Task.Run(async () =>
        {
            await Connection.RunAsync(this, _stopping.Token);
            await server.DisposeAsync();
        });
    }

    public ManualTime Time { get; } = new();

    public TestFaults Faults { get; }

    public TestRecorder Recorder { get; } = new();

    public RawClient Client { get; }

    public ClientConnection Connection { get; }

    public Task Ended => _running.WaitAsync(TimeSpan.FromSeconds(30));

    public void OnMessage(ClientConnection connection, ReadOnlySpan<byte> text) => connection.Send(OutboundFrame.Text([.. "re: "u8, .. text]));

    public void Say(string text) => Connection.Send(OutboundFrame.Text(Encoding.UTF8.GetBytes(text)), Facts);

    public void Say(ConflatedSlot slot) => Connection.Send(slot, Facts);

    public void Stop() => _stopping.Cancel();

    public async Task<string> ReadTextAsync()
    {
        var frame = (await Client.ReadAsync()).ShouldNotBeNull();
        frame.Opcode.ShouldBe(ReceivedFrame.Text, frame.AsText);
        return frame.AsText;
    }

    /// <summary>Reads until the server has gone; the last frame.</summary>
    public async Task<ReceivedFrame?> ReadToEndAsync()
    {
        ReceivedFrame? last = null;
        while (await Client.ReadAsync() is { } frame)
        {
            last = frame;
        }

        return last;
    }

    public async ValueTask DisposeAsync()
    {
        Connection.Abort();
        await Ended;
        Connection.Dispose();
        _stopping.Dispose();
    }
}
